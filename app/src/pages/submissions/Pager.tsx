import type { SubmissionPage } from '@jotc/core/api/jotc'
import { t } from '#words/submissions'
import { Button } from '../../kit/Button.tsx'
import field from '../../kit/Field.module.css'
import { format } from '../../kit/format.ts'
import { ROWS } from './filters.ts'
import css from './Pager.module.css'
import type { FiltersInUrl } from './useFilters.ts'

/** Where one is in the list, how many rows a page has, and the way to its neighbours. */
export function Pager({ page, filters }: { page: SubmissionPage; filters: FiltersInUrl }) {
  const { page: place, rows } = filters.value
  const { items, total, totalIsExact, nextCursor } = page
  const first = (place - 1) * rows + 1
  const shownTotal = totalIsExact ? format.number(total) : t.atLeast(format.number(total))
  const pages = Math.max(place, Math.ceil(total / rows))
  const current = format.number(place)
  return (
    <nav className={css.pager} aria-label={t.pages}>
      <span className={css.range}>
        {t.range(format.number(first), format.number(first + items.length - 1), shownTotal)}
      </span>
      <label className={field.field}>
        <span className={css.rows}>
          {t.rows}
          <select value={rows} onChange={(event) => filters.choose({ rows: Number(event.target.value) })}>
            {ROWS.map((count) => (
              <option key={count}>{count}</option>
            ))}
          </select>
        </span>
      </label>
      <div className={css.turn}>
        <Button icon="prev" isDisabled={place === 1} onPress={() => filters.choose({ page: place - 1 })}>
          {t.previous}
        </Button>
        <span>{totalIsExact ? t.pageOf(current, format.number(pages)) : t.page(current)}</span>
        <Button icon="next" isDisabled={nextCursor === null} onPress={() => filters.choose({ page: place + 1 })}>
          {t.next}
        </Button>
      </div>
    </nav>
  )
}
