import type { Board } from '@jotc/core/board'
import clsx from 'clsx'
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
} from 'react'
import { Boundary, part } from '#ui/page/part.tsx'
import type { BoardState } from '../state/useBoard.ts'
import type { PlaybackControls } from '../state/usePlayback.ts'
import { t } from '../words/en.ts'
import css from './BoardGrid.module.css'
import { type Ahead, BoardRow } from './BoardRow.tsx'
import { JumpingHare } from './JumpingHare.tsx'
import { ALL_ON_PAGE, cloudAfterKey, HEAD, layOut, renderedRows } from './layout.ts'
import { routeMarks } from './marks.ts'
import { cloudOf, usePaint } from './usePaint.ts'
import { useRovingCloud } from './useRovingCloud.ts'
import { useRowWindow, useWidth } from './useRowWindow.ts'

// Most boards are short, and this no part of the first load.
export const loadOverview = () => import('./Overview.tsx')
const Overview = part(loadOverview)

type BoardGridProps = {
  state: BoardState
  /** The board once its edits have paused. */
  settled: Board
  playback: Pick<PlaybackControls, 'at' | 'moves' | 'isPlaying' | 'speed'>
  /** While a person plays: a press jumps to a cloud instead of switching it. */
  play?: Play
}

type Play = { jumpTo: (cloud: number) => void } & Ahead

/**
 * The board in the sky: all of it up to 200 clouds, else an overview and a scroller. The clouds are a toolbar: one stop
 * for Tab, keys move and edit within, one listener for all of them.
 */
export function BoardGrid({ state, settled, playback, play }: BoardGridProps) {
  const { board, solution, arrivals, edit } = state
  const size = board.length
  const [frame, width] = useWidth()
  const layout = useMemo(() => layOut(width, size), [width, size])
  const { columns, rows, tile, rowHeight } = layout
  const isLong = size > ALL_ON_PAGE
  const { scroller, visible, onScroll, reveal, scrollTo } = useRowWindow(layout, arrivals)
  const { toolbar, active, focus, activated } = useRovingCloud(size)
  const paint = usePaint(toolbar, edit, !play)
  /** The cloud it stands on. */
  const hare = solution.route[solution.solvable ? playback.at : solution.route.length - 1] as number

  useFollowing(playback, () => {
    const cloud = play ? Math.min(hare + 2, size - 1) : hare
    reveal(Math.floor(cloud / columns), 'nearest')
    const followed = play ? `[data-cloud="${cloud}"]` : '[data-at]'
    if (play || playback.isPlaying) frame.current?.querySelector(followed)?.scrollIntoView({ block: 'nearest' })
  })
  // Who plays stands where the hare is.
  const isPlayed = play !== undefined
  useLayoutEffect(() => {
    if (!isPlayed) return
    if (toolbar.current?.contains(document.activeElement)) focus(hare)
    else activated(hare)
  }, [isPlayed, hare, toolbar, focus, activated])
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
    if (play) play.jumpTo(cloud)
    else edit({ type: 'toggle', cloud })
  }
  function keyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === '+' && !play) edit({ type: 'grow' })
    else if (event.key === '-' && !play) edit({ type: 'shrink' })
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
        <div className={css.overview}>
          <Boundary>
            <Overview
              board={settled}
              blockedAt={solution.blockedAt}
              first={visible.begin * columns}
              last={Math.min(size, visible.end * columns) - 1}
              {...{ size, hare, scrollTo, goTo }}
            />
          </Boundary>
        </div>
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
                  hare={Math.max(-2, Math.min(end - begin + 1, hare - begin))}
                  active={active >= begin && active < end ? active - begin : -1}
                  blockedAt={blockedIn(solution.blockedAt, begin, end)}
                  isLost={!solution.solvable}
                  isLast={end === size}
                  isPlayed={isPlayed}
                  {...(play && hare >= begin - 2 && hare < end ? play : NOTHING_AHEAD)}
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

const NOTHING_AHEAD: Ahead = { reach: 0, arcs: 0 }

function blockedIn(blockedAt: number | null, begin: number, end: number): number | undefined {
  return blockedAt === null || blockedAt + 1 < begin || blockedAt >= end ? undefined : blockedAt - begin
}

/** Calls `follow` after each move of the hare by the player, and not when the board is edited. */
function useFollowing({ moves }: Pick<PlaybackControls, 'moves'>, follow: () => void) {
  const seen = useRef(moves)
  useEffect(() => {
    if (moves !== seen.current && moves > 0) follow()
    seen.current = moves
  })
}
