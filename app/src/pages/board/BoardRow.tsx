import { memo } from 'react'
import css from './BoardRow.module.css'
import { CloudTile } from './CloudTile.tsx'
import { RowPicture } from './RowPicture.tsx'
import type { RouteMarks } from './route-marks.ts'
import { Wall } from './Wall.tsx'

/** All columns count from the start of the row. Only texts and numbers, so that an unchanged row is not drawn again. */
type BoardRowProps = TilesProps & {
  row: number
  marks: RouteMarks
  /** Where the hare is, from −1 (before the row) to two columns after its end. */
  hare: number
  /** The first of the pair that blocks the board; −1 when its second one begins the row. */
  wall: number | undefined
  isLost: boolean
}

export const BoardRow = memo(function BoardRow(props: BoardRowProps) {
  const { row, marks, hare, wall, isLost, ...tiles } = props
  const { clouds } = tiles
  return (
    <div className={css.row} style={{ top: `calc(var(--row) * ${row})` }}>
      <Tiles {...tiles} />
      <RowPicture {...{ clouds, marks, hare, wall, isLost }} />
      {wall !== undefined && <Wall column={wall} columns={clouds.length} />}
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
