import { useEffect, useRef } from 'react'
import { t } from '#words/sign-in'
import { Button } from '../../kit/Button.tsx'
import { TextField } from '../../kit/Field.tsx'
import css from './EmailField.module.css'

type EmailFieldProps = {
  name: string
  label: string
  value: string
  error: string | undefined
  /** The email that was probably meant. */
  offer: string | undefined
  /** Takes the focus when it appears. */
  takesFocus: boolean
  onChange: (value: string) => void
  onBlur: () => void
}

/** The email, and what it may have been meant to be: nobody's address is changed without their asking. */
export function EmailField({ offer, error, takesFocus, ...field }: EmailFieldProps) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (takesFocus) input.current?.focus()
  }, [takesFocus])
  function use(email: string) {
    field.onChange(email)
    input.current?.focus()
  }
  const refused = offer ? (
    <span className={css.refused}>
      {error}
      <span className={css.offer}>
        <span>
          {t.didYouMean} <b>{offer}</b>?
        </span>
        <Button small onPress={() => use(offer)}>
          {t.useIt}
        </Button>
      </span>
    </span>
  ) : (
    error
  )
  return (
    <TextField {...field} ref={input} error={refused} type="email" autoComplete="email" required spellCheck={false} />
  )
}
