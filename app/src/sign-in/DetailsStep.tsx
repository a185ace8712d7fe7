import { DETAIL_FIELDS, type Details, type DetailsFault } from '@jotc/core/person'
import clsx from 'clsx'
import { useLayoutEffect, useRef } from 'react'
import { flushSync } from 'react-dom'
import { ApiProblem } from '#api/client.ts'
import { HAS_PASSKEYS } from '#api/passkeys.ts'
import { returnPath } from '#api/sign-in.tsx'
import { useAttempt } from '#api/useAttempt.ts'
import { fill } from '#i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { Note } from '#ui/feedback/Note.tsx'
import { TextField } from '#ui/form/Field.tsx'
import { Link } from '#ui/Link.tsx'
import layout from '#ui/layout.module.css'
import { BirthDateField } from './BirthDateField.tsx'
import { usePasskeySignIn } from './PasskeySignIn.tsx'
import css from './SignInPage.module.css'
import { askForCode, createAccount, type SignIn, sendDetails } from './useSignIn.ts'
import { detailsFaultText, t } from './words/en.ts'

/** What a form asks for: all details at once; or the address, and later what else a new account needs. */
const FORMS = {
  details: DETAIL_FIELDS,
  email: ['email'],
  about: ['firstName', 'lastName', 'birthDate'],
} as const satisfies Record<string, readonly (keyof Details)[]>
type Form = keyof typeof FORMS

/** Asks for details; says what is wrong with a field once it was left, and with all of them on sending. */
export function DetailsStep({ signIn, form }: { signIn: SignIn; form: Form }) {
  const { details, over } = signIn
  const { send, isBusy, problem: refusal } = useSend(signIn, form)
  const passkey = usePasskeySignIn(signIn, form !== 'about')
  const problem = refusal ?? passkey.problem
  const field = (name: keyof Details) => ({
    name,
    label: t[name],
    value: details.values[name],
    error: details.errors[name],
    onChange: (value: string) => details.enter(name, value),
    onBlur: () => details.leave(name),
  })
  const hasPasskey = HAS_PASSKEYS && form !== 'about'
  const withoutAccount = (
    <Link className={layout.lone} href={returnPath()} replace>
      {t.withoutAccount}
    </Link>
  )
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
        over && <Note tone="warning" title={t.over[over]} detail={t.overDetail[over]} />
      )}
      {form !== 'about' && (
        <EmailField
          {...field('email')}
          autoComplete={form === 'email' ? 'username webauthn' : 'email webauthn'}
          offer={details.offer}
          takesFocus={signIn.isBack}
        />
      )}
      {form !== 'email' && (
        <>
          <div className={css.names}>
            <NameField {...field('firstName')} autoComplete="given-name" takesFocus={form === 'about'} />
            <NameField {...field('lastName')} autoComplete="family-name" />
            <p>{t.oneName}</p>
          </div>
          <BirthDateField {...field('birthDate')} minimumAge={details.minimumAge} />
        </>
      )}
      <div className={css.actions}>
        <Button variant="primary" type="submit" isDisabled={isBusy}>
          {isBusy ? t.submitting[form] : t.submit[form]}
        </Button>
        {!hasPasskey && withoutAccount}
      </div>
      {hasPasskey && (
        <div className={clsx(css.actions, css.other)}>
          <Button icon="key" isDisabled={passkey.isBusy} onPress={passkey.signIn}>
            {t.byPasskey}
          </Button>
          {withoutAccount}
        </div>
      )}
    </form>
  )
}

type FieldProps = {
  name: string
  label: string
  value: string
  error: string | undefined
  onChange: (value: string) => void
  onBlur: () => void
  /** Takes the focus when it appears. */
  takesFocus?: boolean
}

function useFocus(takesFocus: boolean) {
  const input = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => {
    if (takesFocus) input.current?.focus()
  }, [takesFocus])
  return input
}

function NameField({ takesFocus = false, ...field }: FieldProps & { autoComplete: string }) {
  return <TextField {...field} ref={useFocus(takesFocus)} required />
}

type EmailFieldProps = FieldProps & {
  /** With `webauthn` the browser suggests passkeys too. */
  autoComplete: string
  /** The email that was probably meant. */
  offer: string | undefined
}

/** The email, and what it may have been meant to be: nobody's address is changed without their asking. */
function EmailField({ offer, error, takesFocus = false, ...field }: EmailFieldProps) {
  const input = useFocus(takesFocus)
  function use(email: string) {
    field.onChange(email)
    input.current?.focus()
  }
  const refused = offer ? (
    <span className={css.refused}>
      {error}
      <span className={css.offer}>
        <span>{fill(t.didYouMean, { email: <b>{offer}</b> })}</span>
        <Button small onPress={() => use(offer)}>
          {t.useIt}
        </Button>
      </span>
    </span>
  ) : (
    error
  )
  return <TextField {...field} ref={input} error={refused} type="email" required spellCheck="false" />
}

/** Sends the form, once however often it is asked. What is wrong with a field is shown there, and focused. */
function useSend(signIn: SignIn, form: Form) {
  const { details, proceed, registration, startAgain } = signIn
  const { attempt, isBusy, problem } = useAttempt()

  /** Sends it if it is in order. */
  function sending(): Promise<void> | undefined {
    if (form === 'details') {
      const read = details.read(FORMS.details)
      return read && sendDetails(read).then((answer) => proceed(answer, read.email))
    }
    if (form === 'email') {
      const read = details.read(FORMS.email)
      return read && askForCode(read.email).then((answer) => proceed(answer, read.email))
    }
    const read = details.read(FORMS.about)
    if (!read || !registration) return undefined
    return createAccount({ ...read, registration: registration.registration }).then((answer) =>
      proceed(answer, registration.email),
    )
  }

  async function send(element: HTMLFormElement): Promise<void> {
    if (isBusy) return
    flushSync(() => details.judge(FORMS[form]))
    if (!details.read<keyof Details>(FORMS[form])) return focusFirstError(element)
    await attempt(async () => {
      try {
        await sending()
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error
        if (error.type === 'registration-over') return startAgain('registration')
        const atFields = errorsAtFields(error, details.minimumAge)
        if (!atFields) throw error
        flushSync(() => details.refuse(atFields, error.didYouMean))
        focusFirstError(element)
      }
    })
  }
  return { send, isBusy, problem }
}

/** The sentence at each field: by the fault where the service names one, else by the type of the problem. */
function errorsAtFields({ type, errors, message }: ApiProblem, minimumAge: number): Partial<Details> | undefined {
  const atFields = DETAIL_FIELDS.flatMap((field) => {
    const error = errors.find((candidate) => candidate.field === field)
    if (!error) return []
    // A newer service may know faults that this page does not.
    const known = detailsFaultText(field, error.code as DetailsFault, minimumAge) as string | undefined
    return [[field, known ?? (type === 'invalid-input' ? error.message : message)] as const]
  })
  return atFields.length > 0 ? Object.fromEntries(atFields) : undefined
}

/** The errors must be rendered already. */
function focusFirstError(form: HTMLFormElement): void {
  form.querySelector<HTMLElement>('[aria-invalid]')?.focus()
}
