import { format } from '#i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import field from '#ui/form/Field.module.css'
import { t } from '#ui/words/en.ts'
import { type Listing, ROWS } from './address.ts'
import css from './Pager.module.css'

type PagerProps = Pick<Listing, 'page' | 'rows'> & {
  /** How many rows this page has. */
  shown: number
  /** Rows on all pages; of a long list perhaps an estimate. */
  total: number
  totalIsExact?: boolean
  /** Null on the last page; lists without cursors count their rows. */
  nextCursor?: string | null
  onChange: (change: { page: number } | { rows: number }) => void
}

/** Where one is in a list, how many rows a page has, and the way to its neighbours. */
export function Pager({ page, rows, shown, total, totalIsExact = true, nextCursor, onChange }: PagerProps) {
  const first = (page - 1) * rows + 1
  const range = totalIsExact ? t.range : t.rangeOfAbout
  const pages = Math.max(page, Math.ceil(total / rows))
  const current = format.number(page)
  const hasNext = nextCursor === undefined ? page * rows < total : nextCursor !== null
  return (
    <nav className={css.pager} aria-label={t.pages}>
      <span className={css.range}>
        {range(format.number(first), format.number(first + shown - 1), format.number(total))}
      </span>
      <label className={field.field}>
        <span className={css.rows}>
          {t.rows}
          <select value={rows} onChange={(event) => onChange({ rows: Number(event.target.value) })}>
            {ROWS.map((count) => (
              <option key={count}>{count}</option>
            ))}
          </select>
        </span>
      </label>
      <div className={css.turn}>
        <Button icon="prev" isDisabled={page === 1} onPress={() => onChange({ page: page - 1 })}>
          {t.previous}
        </Button>
        <span>{totalIsExact ? t.pageOf(current, format.number(pages)) : t.page(current)}</span>
        <Button icon="next" isDisabled={!hasNext} onPress={() => onChange({ page: page + 1 })}>
          {t.next}
        </Button>
      </div>
    </nav>
  )
}
