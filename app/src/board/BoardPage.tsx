import type { Board } from '@jotc/core/board'
import type { Solution } from '@jotc/core/solver'
import clsx from 'clsx'
import { useCallback, useEffect, useState } from 'react'
import layout from '#ui/layout.module.css'
import { Page } from '#ui/page/Page.tsx'
import { Boundary, fetchAhead, part, withPart } from '#ui/page/part.tsx'
import { Answer } from './answer/Answer.tsx'
import { Player } from './answer/Player.tsx'
import { useSelfPlay } from './answer/useSelfPlay.ts'
import css from './BoardPage.module.css'
import { BoardView } from './grid/BoardView.tsx'
import type { BoardEdit } from './state/board-history.ts'
import { useAddress } from './state/useAddress.ts'
import { useBoard } from './state/useBoard.ts'
import { usePlayback } from './state/usePlayback.ts'
import { BoardControls } from './tools/BoardControls.tsx'
import { PasteTool, usePaste } from './tools/PasteTool.tsx'
import { loadRandom, RandomTool } from './tools/RandomTool.tsx'
import { SaveTool } from './tools/SaveTool.tsx'
import { t } from './words/en.ts'

// Seldom asked for, and so no part of the first load.
const loadMoreTools = () => import('./tools/MoreTools.tsx')
const loadSelfPlay = () => import('./answer/SelfPlayAnswer.tsx')
const loadRoutes = () => import('@jotc/core/routes')
const MoreTools = part(loadMoreTools)
const SelfPlayAnswer = part(loadSelfPlay)

/** Draw a board, see the fewest jumps at once, play the route back, keep it. */
export function BoardPage() {
  const edited = useBoard()
  const { board, solution, edit } = edited
  const replaceBoard = useCallback((board: Board) => edit({ type: 'replace', board }), [edit])
  const { shown, choose } = useRouteChoice(board, solution)
  const selfPlay = useSelfPlay(board)
  const path = selfPlay.play?.path
  const state = { ...edited, solution: path ? selfPlaySolution(path) : shown }
  const playback = usePlayback(board, solution.total ?? 0)
  const paste = usePaste(replaceBoard)
  const [more, setMore] = useState(false)
  const writeAddress = useAddress(board, replaceBoard)
  useShortcuts(edit, paste.takePasted)
  useEffect(() => fetchAhead([loadMoreTools, loadSelfPlay, loadRoutes, loadRandom]), [])
  function startSelfPlay() {
    playback.send('toStart')
    withPart(loadSelfPlay, selfPlay.begin)
  }
  return (
    <>
      <Page
        title={t.title}
        sky={
          <>
            {selfPlay.play ? (
              <Boundary>
                <SelfPlayAnswer board={board} solution={solution} play={selfPlay.play} controls={selfPlay} />
              </Boundary>
            ) : (
              <Answer state={state} choose={choose} />
            )}
            <p id="board-keys" className={layout.hidden}>
              {path ? t.selfPlayKeys : t.keys}
            </p>
            <p id="board-ends" className={layout.hidden}>
              {t.ends}
            </p>
            <BoardView
              state={state}
              playback={path ? { ...playback, at: path.length - 1, moves: path.length } : playback}
              jumpTo={selfPlay.play && selfPlay.jumpTo}
            />
          </>
        }
      />
      <div className={clsx(layout.wrap, css.under)}>
        {!path && (
          <div className={css.console}>
            {playback.jumps > 0 && <Player {...playback} />}
            <BoardControls state={state} startSelfPlay={startSelfPlay} writeAddress={writeAddress} />
          </div>
        )}
      </div>
      <div className={clsx(layout.wrap, css.tools)}>
        <PasteTool board={board} paste={paste} />
        <RandomTool currentSize={board.length} replaceBoard={replaceBoard} />
        <SaveTool board={board} writeAddress={writeAddress} />
      </div>
      <details className={clsx(layout.wrap, css.more)} onToggle={({ currentTarget }) => setMore(currentTarget.open)}>
        <summary>{t.more}</summary>
        <Boundary>{more && <MoreTools board={board} solution={shown} replaceBoard={replaceBoard} />}</Boundary>
      </details>
    </>
  )
}

/** A person's own way so far, drawn as a route is. */
function selfPlaySolution(path: readonly number[]): Solution {
  return { solvable: true, total: path.length - 1, blockedAt: null, route: Uint32Array.from(path) }
}

/**
 * Undo and redo by their keys, and paste onto the board, from anywhere on the page but its fields,
 * which have their own.
 */
function useShortcuts(edit: (edit: BoardEdit) => void, pasted: (text: string) => void): void {
  useEffect(() => {
    const keyDown = (event: KeyboardEvent) => {
      const type = editOf(event)
      if (type === undefined || isField(event.target)) return
      event.preventDefault()
      edit({ type })
    }
    const paste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (text === '' || isField(event.target)) return
      event.preventDefault()
      pasted(text)
    }
    document.addEventListener('keydown', keyDown)
    document.addEventListener('paste', paste)
    return () => {
      document.removeEventListener('keydown', keyDown)
      document.removeEventListener('paste', paste)
    }
  }, [edit, pasted])
}

function editOf({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): 'undo' | 'redo' | undefined {
  if (altKey || !(ctrlKey || metaKey)) return undefined
  if (key.toLowerCase() === 'z') return shiftKey ? 'redo' : 'undo'
  return key.toLowerCase() === 'y' && !shiftKey ? 'redo' : undefined
}

const TEXT_FIELDS = 'textarea, [contenteditable], input:not([type="radio"], [type="checkbox"], [type="range"])'
const isField = (target: EventTarget | null) => target instanceof Element && target.matches(TEXT_FIELDS)

type RouteChoice = {
  /** The solution with the route that is shown. */
  shown: Solution
  /** Shows the optimal route after it, or the one before. */
  choose: (by: 1 | -1) => void
}

/** Which of the optimal routes is shown: at first the one that was found, for each board. */
function useRouteChoice(board: Board, solution: Solution): RouteChoice {
  const [chosen, setChosen] = useState<{ board: Board; shown: Solution }>()
  const shown = chosen?.board === board ? chosen.shown : solution

  function choose(by: 1 | -1) {
    withPart(loadRoutes, ({ neighbourRoute }) =>
      setChosen((last) => {
        const from = last?.board === board ? last.shown : solution
        return { board, shown: { ...from, route: neighbourRoute(board, from.route, by) } }
      }),
    )
  }
  return { shown, choose }
}
