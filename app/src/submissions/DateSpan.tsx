import clsx from 'clsx'
import { lazy, Suspense, useId, useRef, useState } from 'react'
import { Button } from '#ui/Button.tsx'
import { DateSegments } from '#ui/DateSegments.tsx'
import field from '#ui/Field.module.css'
import { FieldNote } from '#ui/Field.tsx'
import { dateProblem, isRealDate, type TypedDate } from '#ui/typed-date.ts'
import css from './DateSpan.module.css'
import { t } from './words/en.ts'

// React Aria's calendar is as large as the rest of the page; few people open it.
const CalendarPopover = lazy(() => import('./CalendarPopover.tsx'))

type Span = { from: TypedDate; to: TypedDate }
type DateSpanProps = Span & { onType: (change: Partial<Span>) => void; onChoose: (span: Span) => void }

/** A span of days: both typed in parts, or chosen in a calendar. */
export function DateSpan({ from, to, onType, onChoose }: DateSpanProps) {
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)
  const error = spanProblem({ from, to })
  const note = error && { 'aria-describedby': `${id}-error` }
  return (
    <div className={clsx(field.field, error && field.invalid)}>
      <span className={field.label} id={id}>
        {t.sentBetween}
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as the box of a field */}
      <div className={clsx(field.box, field.dates, css.box)} role="group" aria-labelledby={id} ref={box}>
        <DateSegments value={from} onChange={(typed) => onType({ from: typed })} aria-label={t.span.from} {...note} />
        <span className={css.to}>{t.span.to}</span>
        <DateSegments value={to} onChange={(typed) => onType({ to: typed })} aria-label={t.span.to} {...note} />
        <Button
          square
          icon="cal"
          className={css.open}
          aria-label={t.span.openCalendar}
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          onPress={() => setOpen(true)}
        />
      </div>
      <FieldNote id={id} error={error} />
      {isOpen && (
        <Suspense>
          <CalendarPopover
            {...{ from, to }}
            anchor={box}
            onClose={() => setOpen(false)}
            onChoose={(span) => {
              setOpen(false)
              onChoose(span)
            }}
          />
        </Suspense>
      )}
    </div>
  )
}

/** Half a date is still being typed, and says nothing yet. */
function spanProblem({ from, to }: Span): string | undefined {
  for (const typed of [from, to]) if (!typed.includes('?') && dateProblem(typed)) return dateProblem(typed)
  return isRealDate(from) && isRealDate(to) && from > to ? t.backwards : undefined
}
