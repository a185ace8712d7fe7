import type { Details } from '@jotc/core/person'
import { t } from '#words/sign-in'
import { Button } from '../../kit/Button.tsx'
import { DateField } from '../../kit/DateField.tsx'
import { TextField } from '../../kit/Field.tsx'
import { Link } from '../../kit/Link.tsx'
import layout from '../../kit/layout.module.css'
import { Note } from '../../kit/Note.tsx'
import { wayBack } from '../../kit/sign-in.tsx'
import css from './SignInPage.module.css'
import { useDetails } from './useDetails.ts'
import { useSignIn } from './useSignIn.ts'

/** Asks for the four details; says what is wrong with a field once it was left, and with all of them on sending. */
export function SignInForm() {
  const details = useDetails()
  const { send, isSending, failure } = useSignIn(details)
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
      {failure && <Note tone="bad" title={t.failed} detail={failure.detail} code={failure.code} />}
      <TextField {...field('email')} type="email" autoComplete="email" required spellCheck={false} />
      <div className={css.names}>
        <TextField {...field('firstName')} autoComplete="given-name" required />
        <TextField {...field('lastName')} autoComplete="family-name" required />
        <p>{t.oneName}</p>
      </div>
      <DateField {...field('birthDate')} hint={t.birthDateHint} />
      <div className={css.actions}>
        <Button kind="key" type="submit" isDisabled={isSending}>
          {isSending ? t.submitting : t.submit}
        </Button>
        <Link className={layout.lone} href={wayBack()} replace>
          {t.withoutAccount}
        </Link>
      </div>
    </form>
  )
}
