import { memo } from 'react'
import { HEAD } from './layout.ts'
import css from './RouteArcs.module.css'
import { type Arc, arcsOf, type RouteMarks } from './route-marks.ts'

/** Units a tile is wide in the drawing; the row stretches it to its width, lines keep theirs. */
const TILE = 100
/** An arc stands on the domes of its clouds, which begin a little below the top of the tile. */
const FOOT = TILE * (HEAD + 0.19)
const RISE = { 1: 0.38 * TILE, 2: 0.72 * TILE } as const

type RouteArcsProps = {
  marks: RouteMarks
  /** The column that the hare stands in; may lie outside of the row. */
  hare: number
  /** The route ends before a wall. */
  isLost: boolean
}

/** The jumps of one row: solid behind the hare, dotted ahead. */
export const RouteArcs = memo(function RouteArcs({ marks, hare, isLost }: RouteArcsProps) {
  const arcs = arcsOf(marks)
  if (arcs.length === 0) return null
  const made = arcs.filter(({ to }) => to <= hare)
  const ahead = arcs.filter(({ to }) => to > hare)
  return (
    <svg
      className={css.arcs}
      viewBox={`0 0 ${marks.length * TILE} ${TILE * (1 + HEAD)}`}
      preserveAspectRatio="none"
      data-lost={isLost || undefined}
      aria-hidden="true"
    >
      {made.length > 0 && <path className={css.made} d={made.map(drawn).join('')} />}
      {ahead.length > 0 && <path d={ahead.map(drawn).join('')} />}
    </svg>
  )
})

/** A parabola; its control point lies twice as high as the arc rises. */
function drawn({ from, to }: Arc): string {
  const rise = to - from === 2 ? RISE[2] : RISE[1]
  const x = (column: number) => (column + 0.5) * TILE
  return `M${x(from)} ${FOOT}Q${(x(from) + x(to)) / 2} ${FOOT - 2 * rise} ${x(to)} ${FOOT}`
}
