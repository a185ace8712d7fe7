import { type Board, BoardError, boardFaultText, LONGEST_RECORDED_BOARD, parseBoard } from '@jotc/core/board'
import { isRowOf, isStatedCount } from '@jotc/core/stated-count'
import type { Line } from './lines.ts'

/** What stands on a line: a board, or why there is none. */
export type Entry = { line: number; board: Board } | { line: number; error: string }

/** Reads the lines of a batch, one after the other; `end` gives what the last of them left open. */
export type Reader = { read(line: Line): Entry[]; end(): Entry[] }

/** A board a line, in any of the ways that `parseBoard` reads; HackerRank's two lines are one board of the first line. */
export function textReader(): Reader {
  let count: { line: number; text: string } | undefined

  /** A line with a number that no board follows on: taken by itself, which it is seldom. */
  function leftOpen(): Entry[] {
    const open = count
    count = undefined
    return open ? [entryOf(open.line, () => open.text)] : []
  }

  return {
    read(given) {
      if ('error' in given) return [...leftOpen(), given]
      const { line, text } = given
      if (text.trim() === '') return []
      if (isStatedCount(text)) {
        const before = leftOpen()
        count = { line, text }
        return before
      }
      const stated = count
      if (stated === undefined || !isRowOf(stated.text, text)) return [...leftOpen(), entryOf(line, () => text)]
      count = undefined
      return [entryOf(stated.line, () => `${stated.text}\n${text}`)]
    },
    end: leftOpen,
  }
}

/** JSON a line: an array of 0 and 1, text, or an object with either as `clouds`; what else it has is passed over. */
export function jsonReader(): Reader {
  return {
    read(given) {
      if ('error' in given) return [given]
      const { line, text } = given
      if (text.trim() === '') return []
      return [entryOf(line, () => cloudsOf(JSON.parse(text)))]
    },
    end: () => [],
  }
}

function cloudsOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'clouds' in value ? value.clouds : value
}

function entryOf(line: number, clouds: () => unknown): Entry {
  try {
    return { line, board: parseBoard(clouds(), LONGEST_RECORDED_BOARD) }
  } catch (error) {
    if (error instanceof BoardError) return { line, error: boardFaultText(error.fault) }
    if (error instanceof SyntaxError) return { line, error: 'This line is not JSON.' }
    throw error
  }
}
