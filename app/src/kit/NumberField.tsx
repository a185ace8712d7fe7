import { type ComponentProps, useState } from 'react'
import { Field, type FieldFrame } from './Field.tsx'

type NumberFieldProps = FieldFrame & {
  value: number
  min: number
  max: number
  /** Told a whole number from `min` to `max`, when the person is done: on leaving the field, on Enter. */
  onChange: (value: number) => void
} & Omit<ComponentProps<'input'>, 'value' | 'min' | 'max' | 'onChange' | keyof FieldFrame>

/** A whole number typed as text. What is out of range becomes the nearest in range; what is no number, the old one. */
export function NumberField({ label, hint, error, className, value, min, max, onChange, ...input }: NumberFieldProps) {
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
      {...{ label, hint, error, className }}
      control={(tied) => (
        <input
          type="text"
          inputMode="numeric"
          autoComplete="off"
          {...input}
          {...tied}
          value={draft ?? value}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={settle}
          onKeyDown={(event) => event.key === 'Enter' && settle()}
        />
      )}
    />
  )
}
