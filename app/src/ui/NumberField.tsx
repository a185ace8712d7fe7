import { useState } from 'react'
import { Field, type FieldFrame } from './Field.tsx'

type NumberFieldProps = Pick<FieldFrame, 'label' | 'className'> & {
  value: number
  min: number
  max: number
  /** Called with a whole number from `min` to `max` when the person is done: on leaving the field, on Enter. */
  onChange: (value: number) => void
}

/** A whole number typed as text. What is out of range becomes the nearest in range; what is no number, the old one. */
export function NumberField({ label, className, value, min, max, onChange }: NumberFieldProps) {
  const [draft, setDraft] = useState<string>()
  function settle() {
    if (draft === undefined) return
    setDraft(undefined)
    if (!/^\s*\d+\s*$/.test(draft)) return
    const settled = Math.min(max, Math.max(min, Number(draft)))
    if (settled !== value) onChange(settled)
  }
  return (
    <Field
      {...{ label, className }}
      control={(props) => (
        <input
          type="text"
          inputMode="numeric"
          autoComplete="off"
          {...props}
          value={draft ?? value}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={settle}
          onKeyDown={(event) => event.key === 'Enter' && settle()}
        />
      )}
    />
  )
}
