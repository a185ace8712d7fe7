import { useEffect, useRef } from 'react'
import { Field } from '#ui/Field.tsx'
import css from './CodeField.module.css'
import { CODE_LENGTH, digitsOf } from './mailed-code.ts'
import { t } from './words/en.ts'

export type CodeError = { text: string }

type CodeFieldProps = {
  value: string
  onChange: (digits: string) => void
  /** A new object for each refusal, so that the same sentence is said again. */
  error: CodeError | undefined
}

/** One field with six places. Takes the code however it is pasted, and from the phone's message. */
export function CodeField({ value, onChange, error }: CodeFieldProps) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    input.current?.focus()
    if (error) input.current?.select()
  }, [error])
  return (
    <Field
      label={t.code}
      error={error && <span role="alert">{error.text}</span>}
      className={css.frame}
      control={(props) => (
        <input
          {...props}
          ref={input}
          className={css.code}
          name="code"
          type="text"
          inputMode="numeric"
          autoComplete="one-time-code"
          pattern={`\\d{${CODE_LENGTH}}`}
          spellCheck={false}
          required
          value={value}
          onChange={(event) => onChange(digitsOf(event.target.value))}
        />
      )}
    />
  )
}
