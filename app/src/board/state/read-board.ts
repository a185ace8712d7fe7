import { type Board, BoardError, parseBoard } from '@jotc/core/board'
import { boardFromLink, boardToLink, challengeToLink, isChallenge } from '@jotc/core/link'
import { boardFaultText } from '#i18n/faults/words/en.ts'
import { t } from '../words/en.ts'

/** The longest board the page takes: its rows still fit the tallest element that browsers lay out. */
export const LONGEST_SHOWN_BOARD = 1_000_000

/** What is wrong with pasted text, as a sentence, and where in the text it stands if it stands anywhere. */
export type BoardTextError = { message: string; offset: number | undefined; length: number }

/** Reads a board in any of the written forms. */
export function readBoard(text: string): Board | BoardTextError {
  try {
    return parseBoard(text, LONGEST_SHOWN_BOARD)
  } catch (error) {
    if (!(error instanceof BoardError)) throw error
    const { fault } = error
    if (fault.code === 'empty') return { message: t.paste.empty, offset: undefined, length: 0 }
    const message = boardFaultText(fault)
    if (fault.code !== 'notACloud') return { message, offset: undefined, length: 0 }
    return { message, offset: fault.offset ?? undefined, length: fault.found.length }
  }
}

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
