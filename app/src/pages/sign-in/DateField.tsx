import clsx from 'clsx'
import { useId } from 'react'
import { DateSegments } from '../../kit/DateSegments.tsx'
import css from '../../kit/Field.module.css'
import { type FieldFrame, FieldNote } from '../../kit/Field.tsx'
import type { TypedDate } from '../../kit/typed-date.ts'

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
    <div className={clsx(css.field, error && css.faulty)}>
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
