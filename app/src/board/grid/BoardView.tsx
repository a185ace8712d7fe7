import clsx from 'clsx'
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import type { BoardState } from '../state/useBoard.ts'
import type { PlaybackControls } from '../state/usePlayback.ts'
import { BoardGrid } from './BoardGrid.tsx'
import css from './BoardView.module.css'
import { ALL_ON_PAGE, layOut } from './layout.ts'
import { Overview } from './Overview.tsx'
import { useRovingCloud } from './useRovingCloud.ts'
import { useRowWindow } from './useRowWindow.ts'
import { useWidth } from './useWidth.ts'

type BoardViewProps = {
  state: BoardState
  playback: PlaybackControls
  /** While a person plays: see `BoardGrid`. */
  jumpTo: ((cloud: number) => void) | undefined
}

/** The board in the sky: all of it up to 200 clouds, else an overview and a scroller. */
export function BoardView({ state, playback, jumpTo }: BoardViewProps) {
  const { board, solution, arrivals } = state
  const [frame, width] = useWidth()
  const layout = useMemo(() => layOut(width, board.length), [width, board.length])
  const window = useRowWindow(layout)
  const roving = useRovingCloud(board.length)
  const isLong = board.length > ALL_ON_PAGE
  const hare = solution.route[solution.solvable ? playback.at : solution.route.length - 1] as number

  useFollowing(playback, () => {
    window.reveal(Math.floor(hare / layout.columns), 'nearest')
    if (playback.isPlaying) frame.current?.querySelector('[data-at]')?.scrollIntoView({ block: 'nearest' })
  })
  useLayoutEffect(() => {
    if (arrivals > 0 && window.scroller.current) window.scroller.current.scrollTop = 0
  }, [arrivals, window.scroller])

  const { reveal } = window
  const { focus } = roving
  const goTo = useCallback(
    (cloud: number) => {
      reveal(Math.floor(cloud / layout.columns), 'middle')
      focus(cloud)
    },
    [reveal, focus, layout.columns],
  )
  return (
    <div className={css.view}>
      {isLong && <Overview {...{ board, solution, layout, window, hare, goTo }} />}
      <div
        className={clsx(isLong && css.scroller)}
        ref={window.scroller}
        onScroll={isLong ? window.onScroll : undefined}
      >
        <div ref={frame}>
          {width > 0 && (
            <BoardGrid
              {...{ state, playback, layout, roving, hare, jumpTo }}
              visible={isLong ? window.visible : undefined}
            />
          )}
        </div>
      </div>
    </div>
  )
}

/** Calls `follow` after each move of the hare by the player, and not when the board is edited. */
function useFollowing({ moves }: PlaybackControls, follow: () => void) {
  const seen = useRef(moves)
  useEffect(() => {
    if (moves !== seen.current && moves > 0) follow()
    seen.current = moves
  })
}
