import clsx from 'clsx'
import { useId, useState } from 'react'
import { Button } from '#ui/Button.tsx'
import field from '#ui/form/Field.module.css'
import { FieldNote, TextField } from '#ui/form/Field.tsx'
import { RadioGroup, type RadioOption } from '#ui/form/RadioGroup.tsx'
import type { ListAddress } from '#ui/list/address.ts'
import css from './FilterBar.module.css'
import { type Filters, isBackwards, NARROWING_NOTHING, type RouteFilter } from './filters.ts'
import { t } from './words/en.ts'

const ROUTES: readonly RadioOption<RouteFilter>[] = [
  { value: 'all', label: t.all },
  { value: 'solvable', label: t.solvable },
  { value: 'blocked', label: t.blocked },
]

export function FilterBar({ filters, isAdmin }: { filters: ListAddress<Filters>; isAdmin: boolean }) {
  const words = isAdmin ? t.everybodys : t.own
  const { email, from, to, route } = filters.value
  // A half typed date is no value that could be reset, so its field is created again.
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

type Span = { from: string; to: string }
const ENDS = ['from', 'to'] as const

/** A span of days, each typed or chosen in the browser's own calendar. */
type DateSpanProps = Span & { label: string; onChange: (change: Partial<Span>) => void }

function DateSpan({ label, onChange, ...span }: DateSpanProps) {
  const id = useId()
  const [unreadable, setUnreadable] = useState<readonly string[]>([])
  const error = unreadable.length > 0 ? t.span.noSuchDay : isBackwards(span) ? t.backwards : undefined
  /** Half a date is no error until its field is left. */
  function judge(end: string, isUnreadable: boolean) {
    const others = unreadable.filter((other) => other !== end)
    setUnreadable(isUnreadable ? [...others, end] : others)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend would not stand on the line of the other labels
    <div className={clsx(field.field, error && field.invalid)} role="group" aria-labelledby={id}>
      <span className={field.label} id={id}>
        {label}
      </span>
      <div className={css.days}>
        {ENDS.map((end) => (
          <input
            key={end}
            type="date"
            // Without it, browsers accept years of six digits.
            max="9999-12-31"
            aria-label={t.span[end]}
            aria-describedby={error && `${id}-error`}
            aria-invalid={error && (unreadable.length === 0 || unreadable.includes(end)) ? true : undefined}
            value={span[end]}
            onChange={({ target }) => {
              if (!target.validity.badInput) judge(end, false)
              onChange({ [end]: target.value })
            }}
            onBlur={({ target }) => judge(end, target.validity.badInput)}
          />
        ))}
      </div>
      <FieldNote id={id} error={error} />
    </div>
  )
}
