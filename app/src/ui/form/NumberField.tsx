import { useState } from 'react'
import { format } from '#i18n/format.ts'
import { t } from '#i18n/words/en.ts'
import { Field, type FieldFrame } from './Field.tsx'

type NumberFieldProps = Pick<FieldFrame, 'label' | 'className'> & {
  value: number
  min: number
  max: number
  /** Called with a whole number from `min` to `max` when the person is done: on leaving the field, on Enter. */
  onChange: (value: number) => void
}

/**
 * A whole number typed as text, with or without separators of thousands. What is out of range becomes the nearest in
 * range; what is no number stays, and is said.
 */
export function NumberField({ label, className, value, min, max, onChange }: NumberFieldProps) {
  const [draft, setDraft] = useState<string>()
  const [isUnreadable, setUnreadable] = useState(false)
  function type(text: string) {
    setDraft(text)
    setUnreadable(false)
  }
  /** @returns whether there is a number */
  function settle(): boolean {
    if (draft === undefined) return true
    const typed = readWholeNumber(draft)
    setUnreadable(typed === undefined)
    if (typed === undefined) return false
    setDraft(undefined)
    const settled = Math.min(max, Math.max(min, typed))
    if (settled !== value) onChange(settled)
    return true
  }
  return (
    <Field
      {...{ label, className }}
      error={isUnreadable && t.wholeNumber(format.number(min), format.number(max))}
      control={(props) => (
        <input
          type="text"
          inputMode="numeric"
          autoComplete="off"
          {...props}
          value={draft ?? value}
          onChange={(event) => type(event.target.value)}
          onBlur={settle}
          // What cannot be read is not sent either.
          onKeyDown={(event) => event.key === 'Enter' && !settle() && event.preventDefault()}
        />
      )}
    />
  )
}

/** A point, comma, apostrophe or space between groups of three digits, as somewhere in the world. */
const GROUPED = /^\d{1,3}([.,’'\s]\d{3})*$/

/** Undefined when the text is no whole number. An empty field holds none either. */
function readWholeNumber(text: string): number | undefined {
  const typed = text.trim()
  return /^\d+$/.test(typed) || GROUPED.test(typed) ? Number(typed.replace(/\D/g, '')) : undefined
}
