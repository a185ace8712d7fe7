import { type Board, BoardError, parseBoard } from '@jotc/core/board'
import { boardFromLink, boardToLink } from '@jotc/core/link'
import { LONGEST_SHOWN_BOARD } from './board-history.ts'

/**
 * The board of the part of an address behind `#`: undefined when there is none (every link to a board
 * begins with a digit), a fault when what is there is no board.
 */
export function boardOfHash(hash: string): Board | BoardError | undefined {
  const link = hash.replace(/^#/, '')
  if (!/^\d/.test(link)) return undefined
  try {
    return parseBoard(boardFromLink(link), LONGEST_SHOWN_BOARD)
  } catch (error) {
    if (error instanceof BoardError) return error
    throw error
  }
}

/** The part of an address behind and with `#` that shows this board. */
export function hashOf(board: Board): string {
  return `#${boardToLink(board)}`
}
