import clsx from 'clsx'
import { useId } from 'react'
import { DateSegments } from '#ui/DateSegments.tsx'
import css from '#ui/Field.module.css'
import { type FieldFrame, FieldNote } from '#ui/Field.tsx'
import type { TypedDate } from '#ui/typed-date.ts'

type DateFieldProps = Omit<FieldFrame, 'className'> & {
  value: TypedDate
  onChange: (typed: TypedDate) => void
  onBlur: () => void
}

/** A typed date with its label and what is wrong with it. */
export function DateField({ label, hint, error, value, onChange, onBlur }: DateFieldProps) {
  const id = useId()
  const note = error ? `${id}-error` : hint ? `${id}-hint` : undefined
  return (
    <div className={clsx(css.field, error && css.invalid)}>
      <span className={css.label} id={id}>
        {label}
      </span>
      <div className={clsx(css.box, css.dates)}>
        <DateSegments
          value={value}
          onChange={onChange}
          onBlur={onBlur}
          isInvalid={Boolean(error)}
          aria-labelledby={id}
          {...(note && { 'aria-describedby': note })}
        />
      </div>
      <FieldNote id={id} hint={hint} error={error} />
    </div>
  )
}
