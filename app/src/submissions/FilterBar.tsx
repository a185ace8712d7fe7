import clsx from 'clsx'
import { useState } from 'react'
import { Button } from '#ui/Button.tsx'
import { TextField } from '#ui/Field.tsx'
import type { ListAddress } from '#ui/list-address.ts'
import { RadioGroup, type RadioOption } from '#ui/RadioGroup.tsx'
import { DateSpan } from './DateSpan.tsx'
import css from './FilterBar.module.css'
import { type Filters, NARROWING_NOTHING, type RouteFilter } from './filters.ts'
import { t } from './words/en.ts'

const ROUTES: readonly RadioOption<RouteFilter>[] = [
  { value: 'all', label: t.all },
  { value: 'solvable', label: t.solvable },
  { value: 'blocked', label: t.blocked },
]

export function FilterBar({ filters, isAdmin }: { filters: ListAddress<Filters>; isAdmin: boolean }) {
  const words = isAdmin ? t.everybodys : t.own
  const { email, from, to, route } = filters.value
  // A date that is half typed is no value that could be reset: its field is made anew.
  const [resets, setResets] = useState(0)
  function reset() {
    setResets(resets + 1)
    filters.choose(NARROWING_NOTHING)
  }
  return (
    <search className={clsx(css.filters, isAdmin && css.withEmail)} aria-label={words.filters}>
      {isAdmin && (
        <TextField
          label={t.email}
          placeholder={t.emailHint}
          autoComplete="off"
          spellCheck="false"
          maxLength={254}
          value={email}
          onChange={(typed) => filters.type({ email: typed })}
        />
      )}
      <DateSpan key={resets} label={words.sent} from={from} to={to} onChange={filters.type} />
      <RadioGroup
        label={t.route}
        labelPlace="above"
        options={ROUTES}
        value={route}
        onChange={(chosen) => filters.choose({ route: chosen })}
      />
      <div className={css.reset}>
        <Button variant="quiet" onPress={reset}>
          {t.reset}
        </Button>
      </div>
    </search>
  )
}
