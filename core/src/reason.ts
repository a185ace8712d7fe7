import type { Board } from './board.ts'

/**
 * Why a jump of an optimal route is as long as it is: two ahead because there is a cumulus; one ahead because two ahead
 * is a thunderhead, because only one cloud is left, or `choice`: two ahead would be just as fast.
 */
export type Reason = 'cumulus' | 'thunderhead' | 'lastCloud' | 'choice'

export function reasonFor(board: Board, from: number, to: number): Reason {
  if (to - from === 2) return 'cumulus'
  if (board[from + 2] === undefined) return 'lastCloud'
  return board[from + 2] === '1' ? 'thunderhead' : 'choice'
}

/**
 * The length of a jump that is on an optimal route from this cloud on: two wherever a cumulus is there, by the rule of
 * `solve`. Undefined on the last cloud, and before two thunderheads.
 */
export function bestJump(board: Board, from: number): 1 | 2 | undefined {
  if (board[from + 2] === '0') return 2
  return board[from + 1] === '0' ? 1 : undefined
}
