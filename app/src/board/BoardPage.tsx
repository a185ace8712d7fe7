import type { Board } from '@jotc/core/board'
import type { Solution } from '@jotc/core/solver'
import clsx from 'clsx'
import { useCallback, useEffect, useState } from 'react'
import layout from '#ui/layout.module.css'
import { LoadingBar, Page } from '#ui/page/Page.tsx'
import { Boundary, fetchAhead, part, withPart } from '#ui/page/part.tsx'
import { useSettled } from '#ui/useSettled.ts'
import { Answer, type Choice } from './answer/Answer.tsx'
import css from './BoardPage.module.css'
import { BoardGrid, loadOverview } from './grid/BoardGrid.tsx'
import { useAddress } from './state/useAddress.ts'
import { type BoardState, useBoard } from './state/useBoard.ts'
import { usePlayback } from './state/usePlayback.ts'
import { useShortcuts } from './state/useShortcuts.ts'
import { BoardTools, loadMoreTools } from './tools/BoardTools.tsx'
import { Console } from './tools/Console.tsx'
import { loadReader, usePaste } from './tools/PasteTool.tsx'
import { loadRandom } from './tools/RandomTool.tsx'
import { t } from './words/en.ts'

// Not there at first, and so no part of the first load.
const loadPlayBoard = () => import('./play/PlayBoard.tsx')
const loadRoutes = () => import('@jotc/core/routes')
const loadBecause = () => import('./why/Because.tsx')
const loadWhy = () => import('./why/Why.tsx')
const PlayBoard = part(loadPlayBoard)
const Because = part(loadBecause)
const Why = part(loadWhy)

const PAUSE_MS = 150

/** A board, to be drawn or to be played. */
export function BoardPage() {
  const state = useBoard()
  const writeAddress = useAddress(state)
  const [takesFocus, setTakesFocus] = useState(false)
  const { mode, setMode } = state
  useEffect(
    () =>
      fetchAhead([
        loadPlayBoard,
        loadBecause,
        loadWhy,
        loadRoutes,
        loadRandom,
        loadMoreTools,
        loadOverview,
        loadReader,
      ]),
    [],
  )
  const play = useCallback(
    () =>
      withPart(loadPlayBoard, () => {
        setTakesFocus(true)
        setMode('play')
      }),
    [setMode],
  )
  if (mode === 'draw') return <DrawBoard {...{ state, play, writeAddress }} />
  return (
    <Boundary meanwhile={<LoadingBar />}>
      <PlayBoard {...{ state, writeAddress, takesFocus }} />
    </Boundary>
  )
}

type DrawBoardProps = {
  state: BoardState
  /** Lets the person play this board. */
  play: () => void
  /** Puts the board into the address at once. */
  writeAddress: () => void
}

/**
 * Draw a board, see the fewest jumps at once, play the route back, keep it.
 *
 * An edit renders this page anew. What takes no `board` or `solution` stays as it is, as long as its other props do.
 */
function DrawBoard({ state, play, writeAddress }: DrawBoardProps) {
  const { board, edit, past, future } = state
  const settled = useSettled(board, PAUSE_MS)
  const replaceBoard = useCallback((board: Board) => edit({ type: 'replace', board }), [edit])
  const { shown, choose } = useRouteChoice(state)
  const playback = usePlayback(state)
  const paste = usePaste(replaceBoard)
  const [isWhyOpen, setWhyOpen] = useState(false)
  useShortcuts(edit, paste.takePasted)
  const jump = { board, route: shown.route, at: playback.at }
  return (
    <>
      <Page
        title={t.title}
        sky={
          <>
            <Answer {...{ board, edit, choose }} solution={shown} isUntouched={past.length + future.length === 0} />
            <p id="board-keys" hidden>
              {t.keys}
            </p>
            <p id="board-ends" hidden>
              {t.ends}
            </p>
            <BoardGrid state={{ ...state, solution: shown }} settled={settled} playback={playback} />
            {playback.jumps > 0 && (
              <p className={css.because}>
                {playback.moves > 0 && (
                  <span>
                    <Boundary>
                      <Because {...jump} />
                    </Boundary>
                  </span>
                )}
              </p>
            )}
          </>
        }
      />
      <Console {...{ state, playback, play, writeAddress }} />
      {playback.jumps > 0 && (
        <details className={clsx(layout.wrap, css.fold)} onToggle={(event) => setWhyOpen(event.currentTarget.open)}>
          <summary>
            <h2>{t.why(playback.jumps)}</h2>
          </summary>
          {isWhyOpen && (
            <Boundary>
              <Why {...jump} />
            </Boundary>
          )}
        </details>
      )}
      <BoardTools {...{ board, settled, paste, replaceBoard, writeAddress }} solution={shown} />
    </>
  )
}

type RouteChoice = {
  /** The solution with the route that is shown. */
  shown: Solution
  choose: (which: Choice) => void
}

/** Which of the optimal routes is shown: at first the one that was found, for each board. */
function useRouteChoice({ board, solution, latest }: BoardState): RouteChoice {
  const [chosen, setChosen] = useState<{ board: Board; shown: Solution }>()
  const shown = chosen?.board === board ? chosen.shown : solution

  const choose = useCallback(
    (which: Choice) =>
      withPart(loadRoutes, ({ neighbourRoute, randomRoute }) =>
        setChosen((last) => {
          const { board, solution } = latest.current
          const from = last?.board === board ? last.shown : solution
          const route = which === 'any' ? randomRoute(board) : neighbourRoute(board, from.route, which)
          return { board, shown: { ...from, route } }
        }),
      ),
    [latest],
  )
  return { shown, choose }
}
