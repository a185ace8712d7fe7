import type { Board } from '@jotc/core/board'
import { clsx } from 'clsx'
import { useCallback } from 'react'
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
import { usePaste } from './usePaste.ts'
import { usePlayback } from './usePlayback.ts'
import { useShortcuts } from './useShortcuts.ts'

/** Draw a board, see the fewest jumps at once, play the route back, keep it. */
export function BoardPage() {
  const state = useBoard()
  const { board, solution, edit } = state
  const show = useCallback((board: Board) => edit({ type: 'replace', board }), [edit])
  const playback = usePlayback(board, solution.total ?? 0)
  const paste = usePaste(show)
  useAddress(board, show)
  useShortcuts(edit, paste.takePasted)
  return (
    <>
      <Page
        title={t.title}
        sky={
          <>
            <Answer state={state} />
            <p id="board-keys" className={layout.hidden}>
              {t.keys}
            </p>
            <p id="board-ends" className={layout.hidden}>
              {t.ends}
            </p>
            <BoardView state={state} playback={playback} />
          </>
        }
      />
      <div className={clsx(layout.wrap, css.under)}>
        <div className={css.console}>
          {playback.jumps > 0 && <Player playback={playback} />}
          <BoardControls state={state} />
        </div>
      </div>
      <div className={clsx(layout.wrap, css.tools)}>
        <PasteTool board={board} paste={paste} />
        <RandomTool currentSize={board.length} show={show} />
        <KeepTool board={board} />
      </div>
    </>
  )
}
