import type { Board } from '@jotc/core/board'
import { bestJump } from '@jotc/core/reason'

/** A person's own way over a board. */
export type Game = {
  /** The clouds they stood on, the first included. */
  path: number[]
  /** What they asked for last and did not move them: a hint, or a cloud that no jump leads to. */
  asked?: 'hint' | { cloud: number }
}

/** A number is the cloud to jump to; `one` and `two` are as many ahead. */
export type Move = number | 'one' | 'two' | 'hint' | 'takeBack' | 'restart'

export const AT_START: Game = { path: [0] }

/** The game after a move. A jump goes one or two clouds ahead, onto a cumulus. */
export function makeMove({ path }: Game, move: Move, board: Board): Game {
  if (move === 'restart') return AT_START
  if (move === 'takeBack') return { path: path.slice(0, Math.max(1, path.length - 1)) }
  if (move === 'hint') return { path, asked: move }
  const from = path.at(-1) as number
  const to = typeof move === 'number' ? move : from + (move === 'one' ? 1 : 2)
  if (to === from || to >= board.length) return { path }
  const isJump = to > from && to <= from + 2 && board[to] === '0'
  return isJump ? { path: [...path, to] } : { path, asked: { cloud: to } }
}

/** The jumps that can be made from a cloud, and those to show: after a hint the best one alone. */
export function jumpsAhead(board: Board, { path, asked }: Game): { reach: number; arcs: number } {
  const cloud = path.at(-1) as number
  const reach = (board[cloud + 1] === '0' ? 1 : 0) + (board[cloud + 2] === '0' ? 2 : 0)
  return { reach, arcs: asked === 'hint' ? (bestJump(board, cloud) ?? 0) : reach }
}
