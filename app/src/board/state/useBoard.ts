import { parseBoard } from '@jotc/core/board'
import { type Solution, solve } from '@jotc/core/solver'
import { type RefObject, useEffect, useLayoutEffect, useMemo, useReducer, useRef, useState } from 'react'
import { tabStorage } from '#api/storage.ts'
import { PATHS } from '#ui/page/paths.ts'
import { type BoardEdit, type BoardHistory, editBoard, startHistory } from './board-history.ts'
import { hashOf, type Mode, readHash } from './read-hash.ts'

/** The board at first, unless the address holds one: short, with two optimal routes. */
export const SAMPLE = parseBoard('00100010100100010000')

export type BoardState = BoardHistory & {
  solution: Solution
  /** Counts the boards that came as a whole (pasted, random, from a link); the view shows those from the start. */
  arrivals: number
  edit: (edit: BoardEdit) => void
  mode: Mode
  setMode: (mode: Mode) => void
  /** What is on the page when a button is pressed, whose handler can so stay the same function. */
  latest: Latest
}
export type Latest = RefObject<Pick<BoardState, 'board' | 'solution' | 'mode'>>

type State = { history: BoardHistory; arrivals: number }

function reduce(state: State, edit: BoardEdit): State {
  const history = editBoard(state.history, edit)
  return { history, arrivals: state.arrivals + (edit.type === 'replace' ? 1 : 0) }
}

const KEY = 'board'

/** The board as it was left, for a person who comes back from another page of the app, also after a reload there. */
let lastLeft = leftBeforeReload()

addEventListener('pagehide', () => tabStorage.set(KEY, hashOf(lastLeft.history.board, lastLeft.mode)))

type Left = { history: BoardHistory; mode: Mode }

function leftBeforeReload(): Left {
  // On the board's own page the address says which board it is.
  const found = location.pathname === PATHS.board ? undefined : readHash(tabStorage.get(KEY) ?? '')
  const { board, mode } = found && 'board' in found ? found : { board: SAMPLE, mode: 'draw' as const }
  return { history: startHistory(board), mode }
}

/** The board being edited, solved, with its history. Starts with the board of the address, else where it was left. */
export function useBoard(): BoardState {
  const [first] = useState(whereToStart)
  const [mode, setMode] = useState(first.mode)
  const [{ history, arrivals }, edit] = useReducer(reduce, { history: first.history, arrivals: 0 })
  useEffect(() => {
    lastLeft = { history, mode }
  }, [history, mode])
  const { board } = history
  const solution = useMemo(() => solve(board), [board])
  const latest = useRef({ board, solution, mode })
  useLayoutEffect(() => {
    latest.current = { board, solution, mode }
  }, [board, solution, mode])
  return { ...history, solution, arrivals, edit, mode, setMode, latest }
}

function whereToStart(): Left {
  const found = readHash(location.hash)
  if (!found || !('board' in found)) return lastLeft
  const { board, mode } = found
  return { history: board === lastLeft.history.board ? lastLeft.history : startHistory(board), mode }
}
