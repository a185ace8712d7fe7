import type { CSSProperties, KeyboardEvent, MouseEvent } from 'react'
import type { BoardState } from '../state/useBoard.ts'
import type { PlaybackControls } from '../state/usePlayback.ts'
import { t } from '../words/en.ts'
import { BoardRow } from './BoardRow.tsx'
import css from './BoardView.module.css'
import { JumpingHare } from './JumpingHare.tsx'
import { cloudAfterKey } from './keys.ts'
import { HEAD, type Layout, type Rows, renderedRows } from './layout.ts'
import { routeMarks } from './route-marks.ts'
import { cloudOf, usePaint } from './usePaint.ts'
import type { RovingCloud } from './useRovingCloud.ts'

type BoardGridProps = {
  state: BoardState
  playback: PlaybackControls
  layout: Layout
  roving: RovingCloud
  /** The cloud it stands on. */
  hare: number
  /** The rows in view; undefined when all are on the page. */
  visible: Rows | undefined
  /** While a person plays: jumps to a cloud instead of switching it. */
  jumpTo: ((cloud: number) => void) | undefined
}

/** The clouds as a toolbar: one stop for Tab, keys move and edit within, one listener for all of them. */
export function BoardGrid({ state, playback, layout, roving, hare, visible, jumpTo }: BoardGridProps) {
  const { board, solution, edit } = state
  const { columns, rows, tile, rowHeight } = layout
  const { active } = roving
  const shown = renderedRows(visible ?? { begin: 0, end: rows }, rows, Math.floor(active / columns))

  const paint = usePaint(roving.toolbar, edit, !jumpTo)

  function press(event: MouseEvent) {
    const cloud = cloudOf(event.target)
    if (cloud === undefined) return
    roving.activated(cloud)
    if (jumpTo) jumpTo(cloud)
    else edit({ type: 'toggle', cloud })
  }
  function keyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === '+' && !jumpTo) edit({ type: 'grow' })
    else if (event.key === '-' && !jumpTo) edit({ type: 'shrink' })
    else {
      const cloud = cloudAfterKey(event.key, active, board.length, columns)
      if (cloud === undefined) return
      roving.focus(cloud)
    }
    event.preventDefault()
  }

  const style = {
    '--tile': `${tile}px`,
    '--head': `${tile * HEAD}px`,
    '--row': `${rowHeight}px`,
    width: Math.min(columns, board.length) * tile + 8,
    height: rows * rowHeight,
  } as CSSProperties
  return (
    <div
      ref={roving.toolbar}
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
        if (cloud !== undefined) roving.activated(cloud)
      }}
    >
      {shown.map((row) => {
        const begin = row * columns
        const end = Math.min(board.length, begin + columns)
        return (
          <BoardRow
            key={row}
            row={row}
            begin={begin}
            clouds={board.slice(begin, end)}
            marks={routeMarks(solution.route, begin, end)}
            hare={Math.max(-1, Math.min(end - begin + 1, hare - begin))}
            active={within(active, begin, end)}
            blockedAt={blockedIn(solution.blockedAt, begin, end)}
            isLost={!solution.solvable}
            isLast={end === board.length}
            isEdited={!jumpTo}
          />
        )
      })}
      <JumpingHare cloud={hare} layout={layout} moves={playback.moves} speed={playback.speed} />
    </div>
  )
}

const within = (cloud: number, begin: number, end: number) => (cloud >= begin && cloud < end ? cloud - begin : -1)

function blockedIn(blockedAt: number | null, begin: number, end: number): number | undefined {
  return blockedAt === null || blockedAt + 1 < begin || blockedAt >= end ? undefined : blockedAt - begin
}
