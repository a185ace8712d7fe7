import type { Details } from '@jotc/core/person'
import { t } from '#words/sign-in'
import { Button } from '../../kit/Button.tsx'
import { DateField } from '../../kit/DateField.tsx'
import { TextField } from '../../kit/Field.tsx'
import { Link } from '../../kit/Link.tsx'
import layout from '../../kit/layout.module.css'
import { Note } from '../../kit/Note.tsx'
import { wayBack } from '../../kit/sign-in.tsx'
import { EmailField } from './EmailField.tsx'
import css from './SignInPage.module.css'
import { useSendDetails } from './useSendDetails.ts'
import type { SignIn } from './useSignIn.ts'

/** Asks for the four details; says what is wrong with a field once it was left, and with all of them on sending. */
export function DetailsStep({ signIn, mode }: { signIn: SignIn; mode: 'details' | 'code' }) {
  const { details } = signIn
  const { send, isBusy, failure } = useSendDetails(signIn)
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
      {failure ? (
        <Note tone="bad" title={t.failed} detail={failure.detail} code={failure.code} />
      ) : (
        signIn.isCodeOver && <Note tone="careful" title={t.codeOver} detail={t.codeOverDetail} />
      )}
      {signIn.isUnchecked && <Note tone="careful" title={t.unchecked} detail={t.uncheckedDetail} />}
      <EmailField {...field('email')} offer={details.offer} takesFocus={signIn.isBack} />
      <div className={css.names}>
        <TextField {...field('firstName')} autoComplete="given-name" required />
        <TextField {...field('lastName')} autoComplete="family-name" required />
        <p>{t.oneName}</p>
      </div>
      <DateField {...field('birthDate')} hint={t.birthDateHint} />
      <div className={css.actions}>
        <Button kind="key" type="submit" isDisabled={isBusy}>
          {isBusy ? t.submitting[mode] : t.submit[mode]}
        </Button>
        <Link className={layout.lone} href={wayBack()} replace>
          {t.withoutAccount}
        </Link>
      </div>
    </form>
  )
}
