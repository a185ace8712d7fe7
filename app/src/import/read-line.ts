import { type Board, BoardError, LONGEST_RECORDED_BOARD, parseBoard } from '@jotc/core/board'
import { isRowOf, isStatedCount } from '@jotc/core/stated-count'
import { boardFaultText } from '#i18n/faults/words/en.ts'
import type { LineError } from './progress.ts'
import type { Slice } from './slices.ts'
import { t } from './words/en.ts'

type Lines = Pick<Slice, 'type' | 'lines' | 'firstLine'>

/** The board that stands on a line of the file, or, where that is HackerRank's count, on the two of them. */
export function boardOfLine(slice: Lines, line: number): Board | undefined {
  const read = readLine(slice, line)
  return typeof read === 'string' ? read : undefined
}

/** Why a line was not read, in the words of the page: by the code of the error, with what stands on the line. */
export function lineErrorText(slice: Lines, { line, error, code }: LineError): string {
  const read = readLine(slice, line)
  return read instanceof BoardError && read.fault.code === code ? boardFaultText(read.fault) : t.lineError(code, error)
}

function readLine(slice: Lines, line: number): Board | BoardError | undefined {
  const text = textOf(slice, line)
  try {
    return parseBoard(slice.type === 'text/plain' ? text : cloudsOf(JSON.parse(text)), LONGEST_RECORDED_BOARD)
  } catch (error) {
    if (error instanceof BoardError) return error
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function textOf({ type, lines, firstLine }: Lines, line: number): string {
  const place = line - firstLine
  const text = lines[place] ?? ''
  if (type !== 'text/plain' || !isStatedCount(text)) return text
  const next = lines.slice(place + 1).find((other) => other.trim() !== '')
  return next !== undefined && !isStatedCount(next) && isRowOf(text, next) ? `${text}\n${next}` : text
}

function cloudsOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'clouds' in value ? value.clouds : value
}
