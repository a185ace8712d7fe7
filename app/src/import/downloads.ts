import type { BatchAnswer } from '@jotc/core/api/jotc'
import { GrowingFile } from '#ui/files.ts'
import type { Format } from '#ui/Menu.tsx'
import { linesOf } from './lines.ts'

const COLUMNS = ['line', 'size', 'solvable', 'total', 'blockedAt', 'id', 'error'] as const
export type Column = (typeof COLUMNS)[number]

export const RESULT_COLUMNS: readonly Column[] = COLUMNS.slice(0, -1)
export const ERROR_COLUMNS: readonly Column[] = ['line', 'error']

/** Answers, a JSON object a line, as a file of this format. CSV is as of RFC 4180, with a byte order mark for Excel. */
export async function asFile(answers: Blob, format: Format, columns: readonly Column[]): Promise<Blob> {
  if (format === 'ndjson') return new Blob([answers], { type: 'application/x-ndjson' })
  const file = new GrowingFile()
  file.add(`\ufeff${columns.join(',')}\r\n`)
  const row = (line: string) => {
    const answer: Partial<Record<Column, string | number | boolean | null>> = JSON.parse(line) as BatchAnswer
    return `${columns.map((column) => cell(answer[column] ?? '')).join(',')}\r\n`
  }
  for await (const lines of linesOf(answers.stream())) file.add(lines.map(row).join(''))
  return new Blob([file.content], { type: 'text/csv; charset=utf-8' })
}

/** What a spreadsheet would run as a formula is shown as text by an apostrophe before it. */
function cell(value: string | number | boolean): string {
  if (typeof value !== 'string') return `${value}`
  const text = /^[-=+@\t\r\n]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
