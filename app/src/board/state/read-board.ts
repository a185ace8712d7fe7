import { type Board, BoardError, type BoardFault, invisibleCodePoint, parseBoard } from '@jotc/core/board'
import { t } from '../words/en.ts'
import { LONGEST_SHOWN_BOARD } from './board-history.ts'

/** What is wrong with pasted text, as a sentence, and where in the text it stands if it stands anywhere. */
export type BoardTextError = { message: string; offset: number | undefined; length: number }

/** Reads a board in any of the written forms. */
export function readBoard(text: string): Board | BoardTextError {
  try {
    return parseBoard(text, LONGEST_SHOWN_BOARD)
  } catch (error) {
    if (!(error instanceof BoardError)) throw error
    const { fault } = error
    if (fault.code !== 'notACloud') return { message: boardProblemText(fault), offset: undefined, length: 0 }
    return { message: boardProblemText(fault), offset: fault.offset ?? undefined, length: fault.found.length }
  }
}

/** The fault of a board in the page's words. */
export function boardProblemText(fault: BoardFault): string {
  const words = t.paste.problems
  switch (fault.code) {
    case 'notABoard':
    case 'empty':
      return words.empty
    case 'notACloud':
      return faultOfCloud(fault.found, fault.index + 1)
    case 'firstNotSafe':
      return words.firstNotSafe
    case 'lastNotSafe':
      return words.lastNotSafe
    case 'tooLong':
      return words.tooLong(fault.size, fault.limit)
    case 'countDiffers':
      return words.countDiffers(fault.stated, fault.found)
  }
}

function faultOfCloud(found: string, position: number): string {
  const codePoint = invisibleCodePoint(found)
  return codePoint ? t.paste.problems.invisible(codePoint, position) : t.paste.problems.notACloud(found, position)
}
