import type { Board } from '@jotc/core/board'

/**
 * What the route does within one row of the board, as text: one character a cloud, so that a row can
 * be compared with its former self at once.
 *
 * `.` the route does not land here; otherwise the digit is `3 · jump to the next landing + jump from the
 * one before` (each 0, 1 or 2; 0: there is none).
 */
export type RouteMarks = string

/** The marks of the clouds from `begin` to `end` (not included). Logarithmic in the length of the route. */
export function routeMarks(route: readonly number[], begin: number, end: number): RouteMarks {
  let marks = ''
  let step = firstStepFrom(route, begin)
  for (let cloud = begin; cloud < end; cloud++) {
    if (route[step] !== cloud) {
      marks += '.'
      continue
    }
    const from = cloud - (route[step - 1] ?? cloud)
    const to = (route[step + 1] ?? cloud) - cloud
    marks += 3 * to + from
    step++
  }
  return marks
}

/** The index in the route of the first landing at or after a cloud. */
export function firstStepFrom(route: readonly number[], cloud: number): number {
  let low = 0
  let high = route.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((route[middle] as number) < cloud) low = middle + 1
    else high = middle
  }
  return low
}

/** A jump drawn in a row, in columns; either end may lie outside of the row. */
export type Arc = { from: number; to: number }

/** The jumps that leave or reach this row. One that crosses its edge is drawn in both rows, cut at the edges. */
export function arcsOf(marks: RouteMarks): Arc[] {
  const arcs: Arc[] = []
  for (let column = 0; column < marks.length; column++) {
    const mark = Number(marks[column])
    if (Number.isNaN(mark)) continue
    const from = mark % 3
    const to = (mark - from) / 3
    if (from > column) arcs.push({ from: column - from, to: column })
    if (to > 0) arcs.push({ from: column, to: column + to })
  }
  return arcs
}

/** The share of thunderheads (0 to 1) in each of at most `most` equal parts of the board, in order. */
export function thunderheadShares(board: Board, most: number): number[] {
  const count = Math.max(1, Math.min(board.length, most))
  return Array.from({ length: count }, (_, bar) => {
    const begin = Math.floor((bar * board.length) / count)
    const end = Math.floor(((bar + 1) * board.length) / count)
    let thunderheads = 0
    for (let cloud = begin; cloud < end; cloud++) if (board.charCodeAt(cloud) === THUNDERHEAD) thunderheads++
    return thunderheads / (end - begin)
  })
}

const THUNDERHEAD = '1'.charCodeAt(0)
