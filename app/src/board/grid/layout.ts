/** Up to here every cloud is on the page; a longer board gets an overview and a scroller with virtual rows. */
export const ALL_ON_PAGE = 200

const LARGEST_TILE = 72
/** Room at both sides of the board for the focus outline, together, in px. */
const BOARD_PADDING = 8
/** Height of the index under a cloud, in px. */
const INDEX_HEIGHT = 18
/** Of a tile: the room over a cloud in which the route's arcs stand. */
export const HEAD = 0.66

export type Layout = {
  columns: number
  rows: number
  /** Side of a cloud's square, in px. */
  tile: number
  /** Height of a row with arcs and indexes, in whole px: long boards would add up fractions. */
  rowHeight: number
}

/** How a board of `size` clouds is laid out in `width` px. */
export function layOut(width: number, size: number): Layout {
  const columns = columnsFor(width, size)
  const tile = Math.min(LARGEST_TILE, (width - BOARD_PADDING) / columns)
  return { columns, rows: Math.ceil(size / columns), tile, rowHeight: Math.round(tile * (1 + HEAD)) + INDEX_HEIGHT }
}

function columnsFor(width: number, size: number): number {
  if (width >= 1100) return size > 60 ? 25 : 20
  if (width >= 740) return 15
  if (width >= 500) return 10
  if (size <= 10) return 5
  return size > 60 ? 8 : 7
}

/** Rows rendered beyond each edge of the window, so that a scroll finds them there. */
const OVERSCAN = 2

/** A range of rows, `end` not included. */
export type Rows = { begin: number; end: number }

/** The rows of which any part stands in a window of `height` px. */
export function visibleRows(
  { rows, rowHeight }: Pick<Layout, 'rows' | 'rowHeight'>,
  scrollTop: number,
  height: number,
): Rows {
  const begin = Math.min(rows - 1, Math.max(0, Math.floor(scrollTop / rowHeight)))
  return { begin, end: Math.max(begin + 1, Math.min(rows, Math.ceil((scrollTop + height) / rowHeight))) }
}

/** The rows to render: the visible ones with some around, and the one that holds the keyboard's cloud. */
export function renderedRows(visible: Rows, rows: number, activeRow: number): number[] {
  const begin = Math.max(0, visible.begin - OVERSCAN)
  const end = Math.min(rows, visible.end + OVERSCAN)
  const list = Array.from({ length: end - begin }, (_, index) => begin + index)
  if (activeRow < begin) return [activeRow, ...list]
  return activeRow >= end && activeRow < rows ? [...list, activeRow] : list
}

const ROWS_A_PAGE = 10

/** The cloud that a key moves to from `cloud`, or undefined when the key moves nowhere. */
export function cloudAfterKey(key: string, cloud: number, size: number, columns: number): number | undefined {
  const target = targetOf(key, cloud, size, columns)
  if (target === undefined) return undefined
  return Math.max(0, Math.min(size - 1, target))
}

function targetOf(key: string, cloud: number, size: number, columns: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
      return cloud - 1
    case 'ArrowRight':
      return cloud + 1
    case 'ArrowUp':
      return inColumn(cloud - columns, cloud, size)
    case 'ArrowDown':
      return inColumn(cloud + columns, cloud, size)
    case 'Home':
      return 0
    case 'End':
      return size - 1
    case 'PageUp':
      return cloud - ROWS_A_PAGE * columns
    case 'PageDown':
      return cloud + ROWS_A_PAGE * columns
    default:
      return undefined
  }
}

/** Above the first row and below the last one there is nothing to move to. */
const inColumn = (target: number, cloud: number, size: number) => (target < 0 || target >= size ? cloud : target)
