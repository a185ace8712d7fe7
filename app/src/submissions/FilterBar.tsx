import clsx from 'clsx'
import { Fragment, useId, useState } from 'react'
import { serverNow } from '#api/config.ts'
import { TIME_ZONE } from '#i18n/dates.ts'
import { format } from '#i18n/format.ts'
import { t as everywhere } from '#i18n/words/en.ts'
import { Button } from '#ui/Button.tsx'
import field from '#ui/form/Field.module.css'
import { FieldNote, TextField } from '#ui/form/Field.tsx'
import { RadioGroup, type RadioOption } from '#ui/form/RadioGroup.tsx'
import { Group } from '#ui/Group.tsx'
import type { ListAddress } from '#ui/list/address.ts'
import css from './FilterBar.module.css'
import {
  dayIn,
  daysOf,
  type Filters,
  isBackwards,
  NARROWING_NOTHING,
  RANGES,
  type RangeName,
  type RouteFilter,
  rangeFault,
  rangesInUse,
  type Span,
  spanOf,
} from './filters.ts'
import { t } from './words/en.ts'

const ROUTES: readonly RadioOption<RouteFilter>[] = [
  { value: 'all', label: t.all },
  { value: 'solvable', label: t.solvable },
  { value: 'blocked', label: t.blocked },
]
const SPANS: readonly RadioOption<Span>[] = [
  { value: 'today', label: t.span.today },
  { value: 'week', label: t.span.week },
  { value: 'month', label: t.span.month },
]

export function FilterBar({ filters, isAdmin }: { filters: ListAddress<Filters>; isAdmin: boolean }) {
  const words = isAdmin ? t.everybodys : t.own
  const { email, from, to, route } = filters.value
  // A half typed date is no value that could be reset, so its field is created again.
  const [resets, setResets] = useState(0)
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  function reset() {
    setResets(resets + 1)
    filters.choose(NARROWING_NOTHING)
  }
  return (
    <search className={css.filters} aria-label={words.filters}>
      <div className={clsx(css.line, isAdmin && css.withEmail)}>
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
        <DateSpan
          key={resets}
          label={words.sent}
          from={from}
          to={to}
          onChange={filters.type}
          onChoose={filters.choose}
        />
        <RadioGroup
          label={t.route}
          labelPlace="above"
          options={ROUTES}
          value={route}
          onChange={(chosen) => filters.choose({ route: chosen })}
        />
      </div>
      <div className={css.after}>
        <Button
          variant="quiet"
          icon="next"
          className={css.more}
          aria-expanded={isOpen}
          aria-controls={id}
          onPress={() => setOpen(!isOpen)}
        >
          {t.more(isOpen ? 0 : rangesInUse(filters.value).length)}
        </Button>
        <Button variant="quiet" onPress={reset}>
          {t.reset}
        </Button>
      </div>
      <div id={id} className={css.extra} hidden={!isOpen}>
        <NumberRange name="size" filters={filters} />
        <NumberRange name="total" filters={filters} hint={route === 'blocked' ? t.noJumps : undefined} />
      </div>
    </search>
  )
}

type NumberRangeProps = {
  name: RangeName
  filters: ListAddress<Filters>
  /** Why there is nothing to be typed. */
  hint?: string | undefined
}

/** From and to, in whole numbers, each of which can be left open. */
function NumberRange({ name, filters, hint }: NumberRangeProps) {
  const id = useId()
  const { ends, least, most } = RANGES[name]
  const fault = hint === undefined ? rangeFault(filters.value, name) : undefined
  const error =
    fault &&
    (fault === 'backwards' ? t.range.backwards : everywhere.wholeNumber(format.number(least), format.number(most)))
  const label = t.columns[name]
  return (
    <Group className={clsx(field.field, error && field.invalid)} aria-labelledby={id}>
      <span className={field.label} id={id}>
        {label}
      </span>
      <div className={css.range}>
        {ends.map((end, place) => (
          <Fragment key={end}>
            {place === 1 && <span>{t.span.to}</span>}
            <input
              type="text"
              inputMode="numeric"
              autoComplete="off"
              maxLength={6}
              placeholder={t.range.any}
              aria-label={place === 0 ? t.range.from(label) : t.range.to(label)}
              aria-describedby={error ? `${id}-error` : hint && `${id}-hint`}
              aria-invalid={error ? true : undefined}
              disabled={hint !== undefined}
              value={filters.value[end]}
              onChange={({ target }) => filters.type({ [end]: target.value })}
            />
          </Fragment>
        ))}
      </div>
      <FieldNote id={id} error={error} hint={hint} />
    </Group>
  )
}

type Days = { from: string; to: string }
const ENDS = ['from', 'to'] as const

/** A span of days: one up to today, or each end typed or chosen in the browser's own calendar. */
type DateSpanProps = Days & {
  label: string
  onChange: (change: Partial<Days>) => void
  onChoose: (days: Days) => void
}

function DateSpan({ label, onChange, onChoose, ...span }: DateSpanProps) {
  const id = useId()
  const today = dayIn(TIME_ZONE, new Date(serverNow()).toISOString())
  const [unreadable, setUnreadable] = useState<readonly string[]>([])
  const error = unreadable.length > 0 ? t.span.noSuchDay : isBackwards(span) ? t.backwards : undefined
  /** Half a date is no error until its field is left. */
  function judge(end: string, isUnreadable: boolean) {
    const others = unreadable.filter((other) => other !== end)
    setUnreadable(isUnreadable ? [...others, end] : others)
  }
  return (
    <Group className={clsx(field.field, error && field.invalid)} aria-labelledby={id}>
      <span className={field.label} id={id}>
        {label}
      </span>
      <div className={css.when}>
        <RadioGroup
          label={t.span.quick}
          options={SPANS}
          value={spanOf(span, today)}
          onChange={(chosen) => {
            setUnreadable([])
            onChoose(daysOf(chosen, today))
          }}
        />
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
      </div>
      <FieldNote id={id} error={error} />
    </Group>
  )
}
