import { type Board, BoardError, parseBoard } from '@jotc/core/board'
import { boardFromLink, boardToLink } from '@jotc/core/link'
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
