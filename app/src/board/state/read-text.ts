import { type Board, BoardError, parseBoard } from '@jotc/core/board'
import { boardFaultText } from '#i18n/faults/words/en.ts'
import { LONGEST_SHOWN_BOARD } from './read-hash.ts'

/** What is wrong with pasted text, as a sentence, and where in the text it stands if it stands anywhere. */
export type BoardTextError = { message: string; offset: number | undefined; length: number }

/** Reads a board in any of the written forms. */
export function readText(text: string): Board | BoardTextError {
  try {
    return parseBoard(text, LONGEST_SHOWN_BOARD)
  } catch (error) {
    if (!(error instanceof BoardError)) throw error
    const { fault } = error
    const message = boardFaultText(fault)
    if (fault.code !== 'notACloud') return { message, offset: undefined, length: 0 }
    return { message, offset: fault.offset ?? undefined, length: fault.found.length }
  }
}
