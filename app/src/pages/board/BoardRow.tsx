import { memo } from 'react'
import css from './BoardRow.module.css'
import { CloudTile } from './CloudTile.tsx'
import { RouteArcs } from './RouteArcs.tsx'
import type { RouteMarks } from './route-marks.ts'
import { Wall } from './Wall.tsx'

/** All columns count from the start of the row. Only texts and numbers, so that an unchanged row is not drawn again. */
type BoardRowProps = {
  row: number
  /** The cloud in the first column. */
  begin: number
  clouds: string
  marks: RouteMarks
  /** Where the hare is, from −1 (before the row) to two columns after its end. */
  hare: number
  /** The cloud that Tab reaches, or −1. */
  active: number
  /** The first of the pair that blocks the board; −1 when its second one begins the row. */
  wall: number | undefined
  isLost: boolean
  /** The last cloud of the board is the last of this row. */
  isLast: boolean
  /** A press switches a cloud: all but the first and the last. */
  isEdited: boolean
}

export const BoardRow = memo(function BoardRow(props: BoardRowProps) {
  const { row, begin, clouds, marks, hare, active, wall, isLost, isLast, isEdited } = props
  return (
    <div className={css.row} style={{ top: `calc(var(--row) * ${row})` }}>
      {Array.from(clouds, (state, column) => (
        <CloudTile
          // biome-ignore lint/suspicious/noArrayIndexKey: a cloud is its place on the board
          key={column}
          cloud={begin + column}
          kind={state === '1' ? 'thunderhead' : 'cumulus'}
          isOnRoute={!isLost && marks[column] !== '.'}
          isLanded={marks[column] !== '.' && column <= hare}
          isBlocking={wall !== undefined && (column === wall || column === wall + 1)}
          isEnd={isEdited && (begin + column === 0 || (isLast && column === clouds.length - 1))}
          isActive={column === active}
        />
      ))}
      <RouteArcs marks={marks} hare={hare} isLost={isLost} />
      {wall !== undefined && <Wall column={wall} columns={clouds.length} />}
    </div>
  )
})
