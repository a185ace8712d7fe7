import clsx from 'clsx'
import { useId, useState } from 'react'
import { DateSegments } from './DateSegments.tsx'
import css from './Field.module.css'
import { type FieldFrame, FieldNote } from './Field.tsx'
import type { TypedDate } from './typed-date.ts'

type DateFieldProps = FieldFrame & { value: TypedDate; onChange: (typed: TypedDate) => void; onBlur?: () => void }

/** A typed date with its label and what is wrong with it. */
export function DateField({ label, hint, error, className, value, onChange, onBlur }: DateFieldProps) {
  const id = useId()
  const note = error ? `${id}-error` : hint ? `${id}-hint` : undefined
  const [version, type] = useTyped(value, onChange)
  return (
    <div className={clsx(css.field, error && css.faulty, className)}>
      <span className={css.label} id={id}>
        {label}
      </span>
      <div className={clsx(css.box, css.dates)}>
        <DateSegments
          key={version}
          initial={value}
          onType={type}
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

/** Starts the segments afresh (a new version) when the value is changed by something else than typing in them. */
export function useTyped(value: TypedDate, onChange: (typed: TypedDate) => void) {
  const [known, setKnown] = useState({ value, version: 0 })
  if (known.value !== value) setKnown({ value, version: known.version + 1 })
  function type(typed: TypedDate) {
    setKnown((last) => ({ ...last, value: typed }))
    onChange(typed)
  }
  return [known.version, type] as const
}
