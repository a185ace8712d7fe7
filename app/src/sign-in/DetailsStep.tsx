import { DETAIL_FIELDS, type Details, type DetailsFault } from '@jotc/core/person'
import { useEffect, useRef } from 'react'
import { flushSync } from 'react-dom'
import { ApiProblem } from '#api/client.ts'
import { returnPath } from '#api/sign-in.tsx'
import { useAttempt } from '#api/useAttempt.ts'
import { fill } from '#i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { Note } from '#ui/feedback/Note.tsx'
import { TextField } from '#ui/form/Field.tsx'
import { Link } from '#ui/Link.tsx'
import layout from '#ui/layout.module.css'
import { BirthDateField } from './BirthDateField.tsx'
import css from './SignInPage.module.css'
import { type SignIn, sendDetails } from './useSignIn.ts'
import { detailsFaultText, t } from './words/en.ts'

/** Asks for the four details. Shows errors of a field once it was left, and of all fields on sending. */
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
      <BirthDateField {...field('birthDate')} />
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

/** The email, and an offer to correct it: an address is never changed unasked. */
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
        <span>{fill(t.didYouMean, { email: <b>{offer}</b> })}</span>
        <Button small onPress={() => use(offer)}>
          {t.useIt}
        </Button>
      </span>
    </span>
  ) : (
    error
  )
  return (
    <TextField {...field} ref={input} error={refused} type="email" autoComplete="email" required spellCheck="false" />
  )
}

/** Sends the details, one request at a time. Errors are shown at their fields, and the first is focused. */
function useSendDetails({ details, proceed }: SignIn) {
  const { attempt, isBusy, problem } = useAttempt()

  async function send(form: HTMLFormElement): Promise<void> {
    if (isBusy) return
    flushSync(details.judge)
    const read = details.read
    if (!read) return focusFirstError(form)
    await attempt(async () => {
      try {
        proceed(await sendDetails(read), read)
      } catch (error) {
        const atFields = error instanceof ApiProblem && errorsAtFields(error)
        if (!atFields) throw error
        flushSync(() => details.refuse(atFields, error.didYouMean))
        focusFirstError(form)
      }
    })
  }
  return { send, isBusy, problem }
}

/** The sentence at each field: by the fault where the service names one, else by the type of the problem. */
function errorsAtFields({ type, errors, message }: ApiProblem): Partial<Details> | undefined {
  const atFields = DETAIL_FIELDS.flatMap((field) => {
    const error = errors.find((candidate) => candidate.field === field)
    if (!error) return []
    // A newer service may know faults that this page does not.
    const known = detailsFaultText(field, error.code as DetailsFault) as string | undefined
    return [[field, known ?? (type === 'invalid-input' ? error.message : message)] as const]
  })
  return atFields.length > 0 ? Object.fromEntries(atFields) : undefined
}

/** The errors must be rendered already. */
function focusFirstError(form: HTMLFormElement): void {
  form.querySelector<HTMLElement>('[aria-invalid]')?.focus()
}
