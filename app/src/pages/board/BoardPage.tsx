import type { Board } from '@jotc/core/board'
import type { Solution } from '@jotc/core/solver'
import clsx from 'clsx'
import { lazy, Suspense, useCallback, useDeferredValue, useState } from 'react'
import { t } from '#words/board'
import layout from '../../kit/layout.module.css'
import { Page } from '../../kit/Page.tsx'
import { Answer } from './Answer.tsx'
import { BoardControls } from './BoardControls.tsx'
import css from './BoardPage.module.css'
import { BoardView } from './BoardView.tsx'
import { KeepTool } from './KeepTool.tsx'
import { PasteTool } from './PasteTool.tsx'
import { Player } from './Player.tsx'
import { RandomTool } from './RandomTool.tsx'
import { useAddress } from './useAddress.ts'
import { useBoard } from './useBoard.ts'
import { useOwnPlay } from './useOwnPlay.ts'
import { usePaste } from './usePaste.ts'
import { usePlayback } from './usePlayback.ts'
import { useRouteChoice } from './useRouteChoice.ts'
import { useShortcuts } from './useShortcuts.ts'

const MoreTools = lazy(() => import('./MoreTools.tsx'))
const OwnAnswer = lazy(() => import('./OwnAnswer.tsx'))

/** Draw a board, see the fewest jumps at once, play the route back, keep it. */
export function BoardPage() {
  const edited = useBoard()
  const { board, solution, edit } = edited
  const show = useCallback((board: Board) => edit({ type: 'replace', board }), [edit])
  const { shown, choose } = useRouteChoice(board, solution)
  const own = useOwnPlay(board)
  const path = own.play?.path
  const state = { ...edited, solution: path ? ownWay(path) : shown }
  const playback = usePlayback(board, solution.total ?? 0)
  const paste = usePaste(show)
  const [more, setMore] = useState(false)
  // The board itself must not wait for the text of it.
  const settled = useDeferredValue(board)
  useAddress(board, show)
  useShortcuts(edit, paste.takePasted)
  return (
    <>
      <Page
        title={t.title}
        sky={
          <>
            {own.play ? (
              <Suspense>
                <OwnAnswer board={board} solution={solution} play={own.play} controls={own} />
              </Suspense>
            ) : (
              <Answer state={state} choose={choose} />
            )}
            <p id="board-keys" className={layout.hidden}>
              {path ? t.ownKeys : t.keys}
            </p>
            <p id="board-ends" className={layout.hidden}>
              {t.ends}
            </p>
            <BoardView
              state={state}
              playback={path ? { ...playback, at: path.length - 1, moves: path.length } : playback}
              jumpTo={own.play && own.jumpTo}
            />
          </>
        }
      />
      <div className={clsx(layout.wrap, css.under)}>
        {!path && (
          <div className={css.console}>
            {playback.jumps > 0 && <Player playback={playback} />}
            <BoardControls state={state} playOwn={own.begin} />
          </div>
        )}
      </div>
      <div className={clsx(layout.wrap, css.tools)}>
        <PasteTool board={settled} paste={paste} />
        <RandomTool currentSize={board.length} show={show} />
        <KeepTool board={board} />
      </div>
      <details className={clsx(layout.wrap, css.more)} onToggle={({ currentTarget }) => setMore(currentTarget.open)}>
        <summary>{t.more}</summary>
        <Suspense>{more && <MoreTools board={board} solution={shown} show={show} />}</Suspense>
      </details>
    </>
  )
}

/** A person's own way so far, drawn as a route is. */
function ownWay(path: readonly number[]): Solution {
  return { solvable: true, total: path.length - 1, blockedAt: null, route: Uint32Array.from(path) }
}
