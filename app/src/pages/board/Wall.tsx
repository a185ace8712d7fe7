import { t } from '#words/board'
import css from './Wall.module.css'

/**
 * The bar over the pair that blocks the board. Where a row ends between the two, each row has its half,
 * and the words stand over the second: beyond it there is neither route nor hare to cover.
 *
 * @param column of the pair's first; −1 when its second begins the row
 */
export function Wall({ column, columns }: { column: number; columns: number }) {
  const begin = Math.max(0, column)
  const width = Math.min(columns, column + 2) - begin
  const hasWords = column + 2 <= columns
  return (
    <span
      className={css.wall}
      data-half={width === 1 || undefined}
      style={{ left: `calc(var(--tile) * ${begin} + 3px)`, width: `calc(var(--tile) * ${width} - 6px)` }}
      aria-hidden="true"
    >
      {hasWords && <span>{t.noWayOver}</span>}
    </span>
  )
}
