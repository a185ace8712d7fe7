import { memo } from 'react'
import cloud from '#sky/Cloud.module.css'
import { BOLT, CUMULUS, RING, THUNDERHEAD } from '#sky/Cloud.tsx'
import { HEAD } from './layout.ts'
import css from './RowPicture.module.css'
import { type Arc, arcsOf, type RouteMarks } from './route-marks.ts'

/** Units a tile is wide in the drawing. */
const TILE = 48
/** An arc stands on the domes of its clouds, which begin a little below the top of the tile. */
const FOOT = 0.19 * TILE
const RISE = { 1: 0.38 * TILE, 2: 0.72 * TILE } as const

type RowPictureProps = {
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
export const RowPicture = memo(function RowPicture({ clouds, marks, hare, blockedAt, isLost }: RowPictureProps) {
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
  const arcs = arcsOf(marks)
  const drawArcs = (isMade: boolean) =>
    arcs
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
      <path className={cloud.cumulus} d={draw(CUMULUS, (column) => !isThunderhead(column))} />
      <path className={cloud.ring} d={draw(RING, (column) => !isThunderhead(column) && !isOnRoute(column))} />
      <g className={cloud.onRoute}>
        <path className={cloud.ring} d={draw(RING, (column) => isOnRoute(column) && !isLanded(column))} />
        <g className={cloud.landed}>
          <path className={cloud.ring} d={draw(RING, isLanded)} />
        </g>
      </g>
      <path
        className={cloud.thunderhead}
        d={draw(THUNDERHEAD, (column) => isThunderhead(column) && !isBlocking(column))}
      />
      <path className={cloud.bolt} d={draw(BOLT, (column) => isThunderhead(column) && !isBlocking(column))} />
      {blockedAt !== undefined && (
        <g className={css.blocking}>
          <path className={cloud.thunderhead} d={draw(THUNDERHEAD, isBlocking)} />
          <path className={cloud.bolt} d={draw(BOLT, isBlocking)} />
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
