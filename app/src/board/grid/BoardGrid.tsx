import type { Board } from '@jotc/core/board'
import clsx from 'clsx'
import { type CSSProperties, type KeyboardEvent, type MouseEvent, useCallback, useEffect, useMemo, useRef } from 'react'
import type { BoardState } from '../state/useBoard.ts'
import type { PlaybackControls } from '../state/usePlayback.ts'
import { t } from '../words/en.ts'
import css from './BoardGrid.module.css'
import { BoardRow } from './BoardRow.tsx'
import { JumpingHare } from './JumpingHare.tsx'
import { ALL_ON_PAGE, cloudAfterKey, HEAD, layOut, renderedRows } from './layout.ts'
import { routeMarks } from './marks.ts'
import { Overview } from './Overview.tsx'
import { cloudOf, usePaint } from './usePaint.ts'
import { useRovingCloud } from './useRovingCloud.ts'
import { useRowWindow, useWidth } from './useRowWindow.ts'

type BoardGridProps = {
  state: BoardState
  /** The board once its edits have paused. */
  settled: Board
  playback: PlaybackControls
  /** While a person plays: jumps to a cloud instead of switching it. */
  jumpTo: ((cloud: number) => void) | undefined
}

/**
 * The board in the sky: all of it up to 200 clouds, else an overview and a scroller. The clouds are a toolbar: one stop
 * for Tab, keys move and edit within, one listener for all of them.
 */
export function BoardGrid({ state, settled, playback, jumpTo }: BoardGridProps) {
  const { board, solution, arrivals, edit } = state
  const size = board.length
  const [frame, width] = useWidth()
  const layout = useMemo(() => layOut(width, size), [width, size])
  const { columns, rows, tile, rowHeight } = layout
  const isLong = size > ALL_ON_PAGE
  const { scroller, visible, onScroll, reveal, scrollTo } = useRowWindow(layout, arrivals)
  const { toolbar, active, focus, activated } = useRovingCloud(size)
  const paint = usePaint(toolbar, edit, !jumpTo)
  /** The cloud it stands on. */
  const hare = solution.route[solution.solvable ? playback.at : solution.route.length - 1] as number

  useFollowing(playback, () => {
    reveal(Math.floor(hare / columns), 'nearest')
    if (playback.isPlaying) frame.current?.querySelector('[data-at]')?.scrollIntoView({ block: 'nearest' })
  })
  const goTo = useCallback(
    (cloud: number) => {
      reveal(Math.floor(cloud / columns), 'middle')
      focus(cloud)
    },
    [reveal, focus, columns],
  )
  function press({ target }: MouseEvent) {
    const cloud = cloudOf(target)
    if (cloud === undefined) return
    activated(cloud)
    if (jumpTo) jumpTo(cloud)
    else edit({ type: 'toggle', cloud })
  }
  function keyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === '+' && !jumpTo) edit({ type: 'grow' })
    else if (event.key === '-' && !jumpTo) edit({ type: 'shrink' })
    else {
      const cloud = cloudAfterKey(event.key, active, size, columns)
      if (cloud === undefined) return
      focus(cloud)
    }
    event.preventDefault()
  }
  // Until it is laid out there is the toolbar alone, whose listeners are set once.
  const shown =
    width > 0 ? renderedRows(isLong ? visible : { begin: 0, end: rows }, rows, Math.floor(active / columns)) : []
  const style = {
    '--tile': `${tile}px`,
    '--head': `${tile * HEAD}px`,
    '--row': `${rowHeight}px`,
    width: Math.min(columns, size) * tile + 8,
    height: rows * rowHeight,
  } as CSSProperties
  return (
    <div className={css.view}>
      {isLong && (
        <Overview
          board={settled}
          blockedAt={solution.blockedAt}
          first={visible.begin * columns}
          last={Math.min(size, visible.end * columns) - 1}
          {...{ size, hare, scrollTo, goTo }}
        />
      )}
      <div className={clsx(isLong && css.scroller)} ref={scroller} onScroll={isLong ? onScroll : undefined}>
        <div ref={frame}>
          <div
            ref={toolbar}
            dir="ltr"
            role="toolbar"
            aria-label={t.board}
            aria-describedby="board-keys"
            className={css.board}
            style={style}
            tabIndex={-1}
            onClick={press}
            {...paint}
            onKeyDown={keyDown}
            onFocus={({ target }) => {
              const cloud = cloudOf(target)
              if (cloud !== undefined) activated(cloud)
            }}
          >
            {shown.map((row) => {
              const begin = row * columns
              const end = Math.min(size, begin + columns)
              return (
                <BoardRow
                  key={row}
                  row={row}
                  begin={begin}
                  clouds={board.slice(begin, end)}
                  marks={routeMarks(solution.route, begin, end)}
                  hare={Math.max(-1, Math.min(end - begin + 1, hare - begin))}
                  active={active >= begin && active < end ? active - begin : -1}
                  blockedAt={blockedIn(solution.blockedAt, begin, end)}
                  isLost={!solution.solvable}
                  isLast={end === size}
                  isEdited={!jumpTo}
                />
              )
            })}
            {width > 0 && <JumpingHare cloud={hare} layout={layout} moves={playback.moves} speed={playback.speed} />}
          </div>
        </div>
      </div>
    </div>
  )
}

function blockedIn(blockedAt: number | null, begin: number, end: number): number | undefined {
  return blockedAt === null || blockedAt + 1 < begin || blockedAt >= end ? undefined : blockedAt - begin
}

/** Calls `follow` after each move of the hare by the player, and not when the board is edited. */
function useFollowing({ moves }: PlaybackControls, follow: () => void) {
  const seen = useRef(moves)
  useEffect(() => {
    if (moves !== seen.current && moves > 0) follow()
    seen.current = moves
  })
}
