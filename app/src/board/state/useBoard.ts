import { type Board, parseBoard } from '@jotc/core/board'
import { type Solution, solve } from '@jotc/core/solver'
import { type RefObject, useEffect, useLayoutEffect, useMemo, useReducer, useRef } from 'react'
import { tabStorage } from '#api/storage.ts'
import { PATHS } from '#frame/paths.ts'
import { type BoardEdit, type BoardHistory, editBoard, startHistory } from './board-history.ts'
import { boardOfHash, hashOf } from './read-board.ts'

/** The board at first, unless the address holds one: short, with two optimal routes. */
export const SAMPLE = parseBoard('00100010100100010000')

export type BoardState = BoardHistory & {
  solution: Solution
  /** Counts the boards that came as a whole (pasted, random, from a link); the view shows those from the start. */
  arrivals: number
  edit: (edit: BoardEdit) => void
  /** What is on the page when a button is pressed, whose handler can so stay the same function. */
  latest: Latest
}
export type Latest = RefObject<Pick<BoardState, 'board' | 'solution'>>

type State = { history: BoardHistory; arrivals: number }

function reduce(state: State, edit: BoardEdit): State {
  const history = editBoard(state.history, edit)
  return { history, arrivals: state.arrivals + (edit.type === 'replace' ? 1 : 0) }
}

const KEY = 'board'

/** The board as it was left, for a person who comes back from another page of the app, also after a reload there. */
let lastLeft = startHistory(boardBeforeReload() ?? SAMPLE)

addEventListener('pagehide', () => tabStorage.set(KEY, hashOf(lastLeft.board)))

function boardBeforeReload(): Board | undefined {
  // Here the address says which board it is.
  if (location.pathname === PATHS.board) return undefined
  const board = boardOfHash(tabStorage.get(KEY) ?? '')
  return typeof board === 'string' ? board : undefined
}

/** The board being edited, solved, with its history. Starts with the board of the address, else where it was left. */
export function useBoard(): BoardState {
  const [{ history, arrivals }, edit] = useReducer(reduce, undefined, () => ({
    history: firstHistory(),
    arrivals: 0,
  }))
  useEffect(() => {
    lastLeft = history
  }, [history])
  const { board } = history
  const solution = useMemo(() => solve(board), [board])
  const latest = useRef({ board, solution })
  useLayoutEffect(() => {
    latest.current = { board, solution }
  }, [board, solution])
  return { ...history, solution, arrivals, edit, latest }
}

function firstHistory(): BoardHistory {
  const board = boardOfHash(location.hash)
  return typeof board !== 'string' || board === lastLeft.board ? lastLeft : startHistory(board)
}
