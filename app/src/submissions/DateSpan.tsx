import clsx from 'clsx'
import { useId, useState } from 'react'
import field from '#ui/Field.module.css'
import { FieldNote } from '#ui/Field.tsx'
import css from './DateSpan.module.css'
import { isBackwards } from './filters.ts'
import { t } from './words/en.ts'

type Span = { from: string; to: string }
const ENDS = ['from', 'to'] as const

/** A span of days, each typed or chosen in the browser's own calendar. */
type DateSpanProps = Span & { label: string; onChange: (change: Partial<Span>) => void }

export function DateSpan({ label, onChange, ...span }: DateSpanProps) {
  const id = useId()
  const [unreadable, setUnreadable] = useState<readonly string[]>([])
  const error = unreadable.length > 0 ? t.span.noSuchDay : isBackwards(span) ? t.backwards : undefined
  /** Half a date is still being typed, until its field is left. */
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
            // Without it, browsers take years of six digits.
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
