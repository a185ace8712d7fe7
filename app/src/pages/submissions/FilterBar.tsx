import clsx from 'clsx'
import { t } from '#words/submissions'
import { Button } from '../../kit/Button.tsx'
import { TextField } from '../../kit/Field.tsx'
import { type Segment, Segmented } from '../../kit/Segmented.tsx'
import { DateSpan } from './DateSpan.tsx'
import css from './FilterBar.module.css'
import type { RouteFilter } from './filters.ts'
import type { FiltersInUrl } from './useFilters.ts'

const ROUTES: readonly Segment<RouteFilter>[] = [
  { value: 'all', label: t.all },
  { value: 'solvable', label: t.solvable },
  { value: 'blocked', label: t.blocked },
]

export function FilterBar({ filters, isAdmin }: { filters: FiltersInUrl; isAdmin: boolean }) {
  const { email, from, to, route } = filters.value
  return (
    <search className={clsx(css.filters, isAdmin && css.withEmail)} aria-label={t.filters}>
      {isAdmin && (
        <TextField
          label={t.email}
          placeholder={t.emailHint}
          autoComplete="off"
          spellCheck={false}
          maxLength={254}
          value={email}
          onChange={(typed) => filters.type({ email: typed })}
        />
      )}
      <DateSpan from={from} to={to} onType={filters.type} onChoose={filters.choose} />
      <Segmented
        label={t.route}
        labelPlace="above"
        segments={ROUTES}
        value={route}
        onChange={(chosen) => filters.choose({ route: chosen })}
      />
      <div className={css.reset}>
        <Button kind="quiet" onPress={filters.reset}>
          {t.reset}
        </Button>
      </div>
    </search>
  )
}
