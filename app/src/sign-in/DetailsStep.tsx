import type { Details } from '@jotc/core/person'
import { useEffect, useRef } from 'react'
import { returnPath } from '#api/sign-in.tsx'
import { Button } from '#ui/Button.tsx'
import { TextField } from '#ui/Field.tsx'
import { Link } from '#ui/Link.tsx'
import layout from '#ui/layout.module.css'
import { Note } from '#ui/Note.tsx'
import { DateField } from './DateField.tsx'
import css from './SignInPage.module.css'
import { useSendDetails } from './useSendDetails.ts'
import type { SignIn } from './useSignIn.ts'
import { t } from './words/en.ts'

/** Asks for the four details; says what is wrong with a field once it was left, and with all of them on sending. */
export function DetailsStep({ signIn, mode }: { signIn: SignIn; mode: 'details' | 'code' }) {
  const { details } = signIn
  const { send, isBusy, problem } = useSendDetails(signIn)
  const field = (name: keyof Details) => ({
    name,
    label: t[name],
    value: details.values[name],
    error: details.errors[name],
    onChange: (value: string) => details.enter(name, value),
    onBlur: () => details.leave(name),
  })
  return (
    <form
      className={css.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void send(event.currentTarget)
      }}
    >
      {problem ? (
        <Note tone="error" title={t.failed} detail={problem.detail} code={problem.code} />
      ) : (
        signIn.isCodeOver && <Note tone="warning" title={t.codeOver} detail={t.codeOverDetail} />
      )}
      {signIn.isUnchecked && <Note tone="warning" title={t.unchecked} detail={t.uncheckedDetail} />}
      <EmailField {...field('email')} offer={details.offer} takesFocus={signIn.isBack} />
      <div className={css.names}>
        <TextField {...field('firstName')} autoComplete="given-name" required />
        <TextField {...field('lastName')} autoComplete="family-name" required />
        <p>{t.oneName}</p>
      </div>
      <DateField {...field('birthDate')} hint={t.birthDateHint} />
      <div className={css.actions}>
        <Button variant="primary" type="submit" isDisabled={isBusy}>
          {isBusy ? t.submitting[mode] : t.submit[mode]}
        </Button>
        <Link className={layout.lone} href={returnPath()} replace>
          {t.withoutAccount}
        </Link>
      </div>
    </form>
  )
}

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
function EmailField({ offer, error, takesFocus, ...field }: EmailFieldProps) {
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
