import { type Board, BoardError, parseBoard } from '@jotc/core/board'
import { boardFromLink, boardToLink, challengeToLink, isChallenge } from '@jotc/core/link'

/** The longest board the page takes: its rows still fit the tallest element that browsers lay out. */
export const LONGEST_SHOWN_BOARD = 1_000_000

/** A board is drawn, with its answer, or played, which hides the answer. */
export type Mode = 'draw' | 'play'

/**
 * The board of the part of an address behind `#`, and what to do with it: undefined when there is none (every link to
 * a board has a digit), a fault when what is there is no board.
 */
export function readHash(hash: string): { board: Board; mode: Mode } | BoardError | undefined {
  const link = hash.slice(1)
  if (!/^(play-)?\d/.test(link)) return undefined
  try {
    return { board: parseBoard(boardFromLink(link), LONGEST_SHOWN_BOARD), mode: isChallenge(link) ? 'play' : 'draw' }
  } catch (error) {
    if (error instanceof BoardError) return error
    throw error
  }
}

/** The part of an address behind and with `#` that shows this board in this mode. */
export function hashOf(board: Board, mode: Mode): string {
  return `#${mode === 'play' ? challengeToLink(board) : boardToLink(board)}`
}
