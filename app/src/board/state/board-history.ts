import type { Board } from '@jotc/core/board'
import { LONGEST_SHOWN_BOARD } from './read-hash.ts'

/** A board with the boards before it and those that undo took back, nearest last. */
export type BoardHistory = {
  board: Board
  past: readonly Board[]
  future: readonly Board[]
  /** The stroke that the board was changed by last. */
  stroke?: number
}

export type BoardEdit =
  | { type: 'toggle'; cloud: number }
  /** One cloud of a stroke; all that have its number are one step back. */
  | { type: 'paint'; cloud: number; state: '0' | '1'; stroke: number }
  | { type: 'replace'; board: Board }
  | { type: 'grow' }
  | { type: 'shrink' }
  | { type: 'clear' }
  | { type: 'undo' }
  | { type: 'redo' }

const MOST_STEPS = 200
/** A step back holds a whole board, so that a few huge ones don't fill the memory. */
const MOST_CLOUDS_KEPT = 20_000_000

export function startHistory(board: Board): BoardHistory {
  return { board, past: [], future: [] }
}

/**
 * The history after one edit. An edit that changes nothing (first or last cloud toggled, a board of one
 * made smaller, nothing to undo) returns the very same history.
 */
export function editBoard(history: BoardHistory, edit: BoardEdit): BoardHistory {
  const { board, past, future } = history
  if (edit.type === 'undo')
    return step(history, past, (board) => ({ past: past.slice(0, -1), future: [...future, board] }))
  if (edit.type === 'redo')
    return step(history, future, (board) => ({ past: [...past, board], future: future.slice(0, -1) }))
  const next = edited(board, edit)
  if (next === board) return history
  if (edit.type !== 'paint') return { board: next, past: trimmed([...past, board]), future: [] }
  const { stroke } = edit
  return { board: next, past: stroke === history.stroke ? past : trimmed([...past, board]), future: [], stroke }
}

/** First and last cloud are safe in each result, which is what makes it a board. */
function edited(board: Board, edit: Exclude<BoardEdit, { type: 'undo' | 'redo' }>): Board {
  switch (edit.type) {
    case 'toggle':
      return isEnd(board, edit.cloud) ? board : withCloud(board, edit.cloud, board[edit.cloud] === '1' ? '0' : '1')
    case 'paint':
      return isEnd(board, edit.cloud) || board[edit.cloud] === edit.state
        ? board
        : withCloud(board, edit.cloud, edit.state)
    case 'replace':
      return edit.board
    case 'grow':
      return board.length < LONGEST_SHOWN_BOARD ? (`${board}0` as Board) : board
    case 'shrink':
      return board.length === 1 ? board : withCloud(board.slice(0, -1) as Board, board.length - 2, '0')
    case 'clear':
      return board.includes('1') ? ('0'.repeat(board.length) as Board) : board
  }
}

/** Whether a cloud is the first or the last one (or none at all): those are always cumulus. */
function isEnd(board: Board, cloud: number): boolean {
  return cloud <= 0 || cloud >= board.length - 1
}

function withCloud(board: Board, cloud: number, state: '0' | '1'): Board {
  return `${board.slice(0, cloud)}${state}${board.slice(cloud + 1)}` as Board
}

function step(
  history: BoardHistory,
  from: readonly Board[],
  rest: (board: Board) => Pick<BoardHistory, 'past' | 'future'>,
): BoardHistory {
  const board = from.at(-1)
  return board === undefined ? history : { board, ...rest(history.board) }
}

function trimmed(past: readonly Board[]): readonly Board[] {
  let clouds = 0
  const tooOld = past.findLastIndex((board, index) => {
    clouds += board.length
    return clouds > MOST_CLOUDS_KEPT || past.length - index > MOST_STEPS
  })
  return tooOld === -1 ? past : past.slice(tooOld + 1)
}
