import { type Board, BoardError, parseBoard } from '@jotc/core/board'
import type { Slice } from './slices.ts'

/** The board that stands on a line of the file, or, where that is HackerRank's count, on the next one. */
export function boardOfLine({ lines, firstLine }: Pick<Slice, 'lines' | 'firstLine'>, line: number): Board | undefined {
  const place = line - firstLine
  return boardIn(lines[place] ?? '') ?? boardIn(lines[place + 1] ?? '')
}

function boardIn(text: string): Board | undefined {
  try {
    return parseBoard(/^\s*[{"]/.test(text) ? cloudsOf(JSON.parse(text)) : text)
  } catch (error) {
    if (error instanceof BoardError || error instanceof SyntaxError) return undefined
    throw error
  }
}

function cloudsOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'clouds' in value ? value.clouds : value
}
