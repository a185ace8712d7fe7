import type { FieldError } from '@jotc/core/api/problem'
import type { Board } from '@jotc/core/board'

/**
 * Checks the route of a person who played a board, and counts its jumps.
 *
 * @param played the clouds visited, counted from 0; undefined if the board was not played
 */
export function countPlayedJumps(board: Board, played: unknown): { value: number | null } | { error: FieldError } {
  if (played === undefined) return { value: null }
  const fault = faultOf(board, played)
  if (fault) return { error: { field: 'played', ...fault } }
  return { value: (played as number[]).length - 1 }
}

type Fault = Pick<FieldError, 'message' | 'code'>

function faultOf(board: Board, played: unknown): Fault | undefined {
  if (!Array.isArray(played) || !played.every(Number.isSafeInteger)) {
    return { code: 'notARoute', message: 'Send the clouds visited, counted from 0, as an array of whole numbers.' }
  }
  if (played[0] !== 0) return { code: 'firstNotVisited', message: 'A route starts at cloud 0.' }
  for (const [jump, to] of played.entries()) {
    if (jump === 0) continue
    const from: number = played[jump - 1]
    if (to !== from + 1 && to !== from + 2) {
      return {
        code: 'notAJump',
        message: `From cloud ${from} to cloud ${to} is no jump. Jump one or two clouds ahead.`,
      }
    }
    if (board[to] === '1') return { code: 'onThunderhead', message: `Cloud ${to} is a thunderhead.` }
  }
  const last = board.length - 1
  if (played.at(-1) !== last)
    return { code: 'lastNotVisited', message: `This route does not end at cloud ${last}, the last one.` }
  return undefined
}
