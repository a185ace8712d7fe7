import { memo } from 'react'
import { t } from '../words/en.ts'
import css from './BoardRow.module.css'
import { RowPicture } from './RowPicture.tsx'
import type { RouteMarks } from './route-marks.ts'

/** All columns count from the start of the row. Only texts and numbers, so that an unchanged row is not drawn again. */
type BoardRowProps = TilesProps & {
  row: number
  marks: RouteMarks
  /** Where the hare is, from −1 (before the row) to two columns after its end. */
  hare: number
  /** The first of the pair that blocks the board; −1 when its second one begins the row. */
  blockedAt: number | undefined
  isLost: boolean
}

export const BoardRow = memo(function BoardRow(props: BoardRowProps) {
  const { row, marks, hare, blockedAt, isLost, ...tiles } = props
  const { clouds } = tiles
  return (
    <div
      className={css.row}
      style={{ top: `calc(var(--row) * ${row})`, width: `calc(var(--tile) * ${clouds.length})` }}
    >
      <Tiles {...tiles} />
      <RowPicture {...{ clouds, marks, hare, blockedAt, isLost }} />
      {blockedAt !== undefined && <BlockingPair column={blockedAt} columns={clouds.length} />}
    </div>
  )
})

type TilesProps = {
  /** The cloud in the first column. */
  begin: number
  clouds: string
  /** The cloud that Tab reaches, or −1. */
  active: number
  /** The last cloud of the board is the last of this row. */
  isLast: boolean
  /** A press switches a cloud: all but the first and the last. */
  isEdited: boolean
}

/** The buttons, which another route leaves as they are. */
const Tiles = memo(function Tiles({ begin, clouds, active, isLast, isEdited }: TilesProps) {
  return Array.from(clouds, (state, column) => (
    <CloudTile
      // biome-ignore lint/suspicious/noArrayIndexKey: a cloud is its place on the board
      key={column}
      cloud={begin + column}
      kind={state === '1' ? 'thunderhead' : 'cumulus'}
      isEnd={isEdited && (begin + column === 0 || (isLast && column === clouds.length - 1))}
      isActive={column === active}
    />
  ))
})

type CloudTileProps = {
  /** Counted from 0. */
  cloud: number
  kind: 'cumulus' | 'thunderhead'
  /** Cannot be switched: the first and the last are always cumulus. */
  isEnd: boolean
  /** Reached by Tab. */
  isActive: boolean
}

/** One cloud of the board, as the button that switches it. The row draws it, the board listens for its press. */
const CloudTile = memo(function CloudTile({ cloud, kind, isEnd, isActive }: CloudTileProps) {
  return (
    <button
      type="button"
      className={css.cloud}
      data-cloud={cloud}
      data-kind={kind}
      tabIndex={isActive ? 0 : -1}
      aria-label={t.cloud(cloud, kind)}
      aria-disabled={isEnd || undefined}
      aria-describedby={isEnd ? 'board-ends' : undefined}
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
      className={css.blocking}
      data-half={width === 1 || undefined}
      style={{ left: `calc(var(--tile) * ${begin} + 3px)`, width: `calc(var(--tile) * ${width} - 6px)` }}
      aria-hidden="true"
    >
      {hasWords && <span>{t.noWayOver}</span>}
    </span>
  )
}
