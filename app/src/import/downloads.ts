import { GrowingFile, linesOf } from '#ui/browser/files.ts'
import type { Format } from '#ui/Menu.tsx'
import type { Solved, Unread } from './progress.ts'

type Column = keyof Solved | keyof Unread

/** `item` stands in results of a JSON text alone. */
export const RESULT_COLUMNS: readonly Column[] = [
  'line',
  'item',
  'clouds',
  'size',
  'solvable',
  'total',
  'blockedAt',
  'id',
]
export const ERROR_COLUMNS: readonly Column[] = ['line', 'item', 'error']

/**
 * Results, a JSON object a line, as a file of this format. CSV is as of RFC 4180, with a byte order mark for Excel;
 * a board stands in brackets, without which a spreadsheet makes a number of it.
 */
export async function asFile(results: Blob, format: Format, columns: readonly Column[]): Promise<Blob> {
  if (format === 'ndjson') return new Blob([results], { type: 'application/x-ndjson' })
  const separator = format === 'csv' ? ',' : ';'
  const file = new GrowingFile()
  file.add(`\ufeff${columns.join(separator)}\r\n`)
  const row = (line: string) => {
    const result = JSON.parse(line) as Partial<Solved & Unread>
    return `${columns.map((column) => cell(result[column] ?? '', column)).join(separator)}\r\n`
  }
  for await (const lines of linesOf(results.stream())) file.add(lines.map(row).join(''))
  return new Blob([file.content], { type: 'text/csv; charset=utf-8' })
}

/** What a spreadsheet would run as a formula is shown as text by an apostrophe before it. */
function cell(value: string | number | boolean, column: Column): string {
  if (typeof value !== 'string') return `${value}`
  if (column === 'clouds') return `[${value}]`
  const text = /^[-=+@\t\r\n]/.test(value) ? `'${value}` : value
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
