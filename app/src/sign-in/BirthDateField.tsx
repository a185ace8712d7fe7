import clsx from 'clsx'
import { type ClipboardEvent, type FocusEvent, useId, useState } from 'react'
import field from '#ui/form/Field.module.css'
import { FieldNote } from '#ui/form/Field.tsx'
import css from './BirthDateField.module.css'
import { type DateParts, dateOf, ORDER, partsOf, readDateText } from './birth-date.ts'
import { t } from './words/en.ts'

type BirthDateFieldProps = {
  /** What it holds at first, `YYYY-MM-DD`. */
  value: string
  error: string | undefined
  minimumAge: number
  /** Called with `YYYY-MM-DD`, or with text that is no date yet. */
  onChange: (typed: string) => void
  onBlur: () => void
}

/** A birth date in three fields, in the order of the language. A whole date that is pasted into one fills them all. */
export function BirthDateField({ value, error, minimumAge, onChange, onBlur }: BirthDateFieldProps) {
  const id = useId()
  const [parts, setParts] = useState(() => partsOf(value))
  function enter(next: DateParts) {
    setParts(next)
    onChange(dateOf(next))
  }
  function paste(event: ClipboardEvent) {
    const pasted = readDateText(event.clipboardData.getData('text/plain'), ORDER)
    if (!pasted) return
    event.preventDefault()
    enter(pasted)
  }
  const leave = ({ currentTarget, relatedTarget }: FocusEvent) =>
    currentTarget.contains(relatedTarget as Node | null) || onBlur()
  return (
    <fieldset className={clsx(field.field, error && field.invalid)} onBlur={leave} onPaste={paste}>
      <legend className={clsx(field.label, css.legend)}>{t.birthDate}</legend>
      <div className={css.parts}>
        {ORDER.map((part) => (
          <label key={part} className={css[part]}>
            {t[part]}
            <input
              type="text"
              inputMode="numeric"
              name={`bday-${part}`}
              autoComplete={`bday-${part}`}
              required
              aria-describedby={`${id}-${error ? 'error' : 'hint'}`}
              aria-invalid={error ? true : undefined}
              value={parts[part]}
              onChange={(event) => enter({ ...parts, [part]: event.target.value })}
            />
          </label>
        ))}
      </div>
      <FieldNote
        id={id}
        hint={t.birthDateHint(ORDER.map((part) => EXAMPLE[part]).join(' '), minimumAge)}
        error={error}
      />
    </fieldset>
  )
}

const EXAMPLE = { day: '27', month: '3', year: '1990' }
