import clsx from 'clsx'
import { memo } from 'react'
import { BOLT, CUMULUS, RING, THUNDERHEAD } from '#sky/Cloud.tsx'
import sky from '#sky/sky.module.css'
import { type Place, t } from '../words/en.ts'
import css from './BoardGrid.module.css'
import { HEAD } from './layout.ts'
import { type Arc, arcsOf, type RouteMarks } from './marks.ts'

/** All columns count from the start of the row. Only texts and numbers, so that an unchanged row is not drawn again. */
type BoardRowProps = Omit<TilesProps, 'stand'> &
  Ahead & {
    row: number
    marks: RouteMarks
    /** Where the hare is, from −2 (before the row) to two columns after its end. */
    hare: number
    /** The first of the pair that blocks the board; −1 when its second one begins the row. */
    blockedAt: number | undefined
    isLost: boolean
  }

export const BoardRow = memo(function BoardRow(props: BoardRowProps) {
  const { row, marks, hare, blockedAt, isLost, arcs, ...tiles } = props
  const { clouds, reach } = tiles
  return (
    <div
      className={css.row}
      style={{ top: `calc(var(--row) * ${row})`, width: `calc(var(--tile) * ${clouds.length})` }}
    >
      <Tiles {...tiles} stand={tiles.isPlayed ? hare : undefined} />
      <RowPicture {...{ clouds, marks, hare, blockedAt, isLost, reach, arcs }} />
      {blockedAt !== undefined && <BlockingPair column={blockedAt} columns={clouds.length} />}
    </div>
  )
})

/** Jumps from the hare by their length: 1, 2, or 3 for both; 0 for neither, and where nobody plays. */
export type Ahead = {
  /** Those that can be made. */
  reach: number
  /** Those whose arcs are drawn. */
  arcs: number
}

type TilesProps = Pick<Ahead, 'reach'> & {
  /** The cloud in the first column. */
  begin: number
  clouds: string
  /** The cloud that Tab reaches, or −1. */
  active: number
  /** The last cloud of the board is the last of this row. */
  isLast: boolean
  /** A press jumps to a cloud instead of switching it. */
  isPlayed: boolean
  /** Who plays stands in this column. */
  stand: number | undefined
}

/** The buttons, which another route leaves as they are. */
const Tiles = memo(function Tiles({ begin, clouds, active, isLast, isPlayed, stand, reach }: TilesProps) {
  return Array.from(clouds, (state, column) => {
    const place = placeOf(column, stand, reach)
    const isEnd = begin + column === 0 || (isLast && column === clouds.length - 1)
    return (
      <CloudTile
        // biome-ignore lint/suspicious/noArrayIndexKey: a cloud is identified by its place alone
        key={column}
        cloud={begin + column}
        kind={state === '1' ? 'thunderhead' : 'cumulus'}
        place={place}
        isDisabled={isPlayed ? place !== 'one' && place !== 'two' : isEnd}
        note={isEnd && !isPlayed ? 'board-ends' : undefined}
        isActive={column === active}
      />
    )
  })
})

function placeOf(column: number, stand: number | undefined, reach: number): Place | undefined {
  if (stand === undefined) return undefined
  if (column === stand) return 'here'
  if (column === stand + 1 && reach & 1) return 'one'
  return column === stand + 2 && reach & 2 ? 'two' : undefined
}

type CloudTileProps = {
  /** Counted from 0. */
  cloud: number
  kind: 'cumulus' | 'thunderhead'
  /** Seen from the hare of who plays. */
  place: Place | undefined
  /** Cannot be switched (the first and the last are always cumulus), or no jump reaches it. */
  isDisabled: boolean
  /** The id of what says why. */
  note: string | undefined
  /** Reached by Tab. */
  isActive: boolean
}

/** One cloud of the board, as the button that switches it. The row draws it, the board listens for its press. */
const CloudTile = memo(function CloudTile({ cloud, kind, place, isDisabled, note, isActive }: CloudTileProps) {
  return (
    <button
      type="button"
      className={css.cloud}
      data-cloud={cloud}
      data-kind={kind}
      tabIndex={isActive ? 0 : -1}
      data-next={(place && place !== 'here') || undefined}
      aria-label={t.cloud(cloud, kind, place)}
      aria-disabled={isDisabled || undefined}
      aria-describedby={note}
    >
      <span>{cloud}</span>
    </button>
  )
})

/**
 * The bar over the pair that blocks the board. Where a row ends between the two, each row has its half,
 * and the words stand over the second: beyond it there is neither route nor hare to cover.
 *
 * @param column of the pair's first; −1 when its second begins the row
 */
function BlockingPair({ column, columns }: { column: number; columns: number }) {
  const begin = Math.max(0, column)
  const width = Math.min(columns, column + 2) - begin
  const hasWords = column + 2 <= columns
  return (
    <span
      className={css.noWay}
      data-half={width === 1 || undefined}
      style={{ left: `calc(var(--tile) * ${begin} + 3px)`, width: `calc(var(--tile) * ${width} - 6px)` }}
      aria-hidden="true"
    >
      {hasWords && <span>{t.noWayOver}</span>}
    </span>
  )
}

/** Units a tile is wide in the drawing. */
const TILE = 48
/** An arc stands on the domes of its clouds, which begin a little below the top of the tile. */
const FOOT = 0.19 * TILE
const RISE = { 1: 0.38 * TILE, 2: 0.72 * TILE } as const

type RowPictureProps = Ahead & {
  clouds: string
  marks: RouteMarks
  /** The column that the hare stands in; may lie outside of the row. */
  hare: number
  /** The first of the pair that blocks the board, −1 when its second one begins the row. */
  blockedAt: number | undefined
  /** The route ends before two thunderheads in a row. */
  isLost: boolean
}

/**
 * The clouds and jumps of one row: solid behind the hare, dotted ahead. What looks alike is one path, so that a change
 * is laid out and painted in a few strokes and not cloud by cloud.
 */
const RowPicture = memo(function RowPicture({ clouds, marks, hare, blockedAt, isLost, reach, arcs }: RowPictureProps) {
  const columns = Array.from(clouds, (_, column) => column)
  const draw = (shape: string, has: (column: number) => boolean) =>
    columns
      .filter(has)
      .map((column) => `M${TILE * column} 0${shape}`)
      .join('') || undefined
  const isThunderhead = (column: number) => clouds[column] === '1'
  const isBlocking = (column: number) => blockedAt !== undefined && (column === blockedAt || column === blockedAt + 1)
  const isVisited = (column: number) => marks[column] !== '.'
  const isOnRoute = (column: number) => isVisited(column) && !isLost
  const isLanded = (column: number) => isOnRoute(column) && column <= hare
  const route = [
    ...arcsOf(marks),
    ...[1, 2].filter((jump) => arcs & jump).map((jump) => ({ from: hare, to: hare + jump })),
  ]
  const isWarm = (column: number) => isOnRoute(column) || (column > hare && placeOf(column, hare, reach) !== undefined)
  const drawArcs = (isMade: boolean) =>
    route
      .filter(({ to }) => to <= hare === isMade)
      .map(drawn)
      .join('') || undefined
  return (
    <svg
      className={css.picture}
      viewBox={`0 ${-HEAD * TILE} ${clouds.length * TILE} ${TILE * (1 + HEAD)}`}
      style={{ width: `calc(var(--tile) * ${clouds.length})` }}
      aria-hidden="true"
    >
      <path className={sky.cumulus} d={draw(CUMULUS, (column) => !isThunderhead(column))} />
      <path className={sky.ring} d={draw(RING, (column) => !isThunderhead(column) && !isWarm(column))} />
      <g className={sky.onRoute}>
        <path className={sky.ring} d={draw(RING, (column) => isWarm(column) && !isLanded(column))} />
        <path className={clsx(sky.ring, sky.landed)} d={draw(RING, isLanded)} />
      </g>
      <path
        className={sky.thunderhead}
        d={draw(THUNDERHEAD, (column) => isThunderhead(column) && !isBlocking(column))}
      />
      <path className={sky.bolt} d={draw(BOLT, (column) => isThunderhead(column) && !isBlocking(column))} />
      {blockedAt !== undefined && (
        <g className={css.blocking}>
          <path className={sky.thunderhead} d={draw(THUNDERHEAD, isBlocking)} />
          <path className={sky.bolt} d={draw(BOLT, isBlocking)} />
        </g>
      )}
      <g className={css.arcs} data-lost={isLost || undefined}>
        <path className={css.made} d={drawArcs(true)} />
        <path d={drawArcs(false)} />
      </g>
    </svg>
  )
})

/** A parabola; its control point lies twice as high as the arc rises. */
function drawn({ from, to }: Arc): string {
  const rise = to - from === 2 ? RISE[2] : RISE[1]
  const x = (column: number) => (column + 0.5) * TILE
  return `M${x(from)} ${FOOT}Q${(x(from) + x(to)) / 2} ${FOOT - 2 * rise} ${x(to)} ${FOOT}`
}
