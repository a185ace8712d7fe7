import { useEffect, useRef, useState } from 'react'
import { ApiProblem } from '#api/client.ts'
import { useAttempt } from '#api/useAttempt.ts'
import { fill } from '#i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { Note } from '#ui/feedback/Note.tsx'
import { toast } from '#ui/feedback/toast.tsx'
import { Field } from '#ui/form/Field.tsx'
import layout from '#ui/layout.module.css'
import { CODE_LENGTH, digitsOf, type MailedCode, msUntilResend } from './mailed-code.ts'
import css from './SignInPage.module.css'
import { type SignIn, sendCode, sendDetails } from './useSignIn.ts'
import { t } from './words/en.ts'

/** Asks for the code that was mailed; the sixth digit sends it. */
export function CodeStep({ signIn, code }: { signIn: SignIn; code: MailedCode }) {
  const { typed, type, send, resend, isBusy, isResending, error, problem } = useSendCode(signIn, code)
  return (
    <form
      className={css.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void send(typed)
      }}
    >
      {problem && <Note tone="error" title={t.failed} detail={problem.detail} code={problem.code} />}
      {signIn.isUnchecked && <Note tone="warning" title={t.unchecked} detail={t.uncheckedDetail} />}
      <CodeField value={typed} onChange={type} error={error} />
      <div className={css.actions}>
        <Button variant="primary" type="submit" isDisabled={isBusy}>
          {isBusy && !isResending ? t.signingIn : t.signIn}
        </Button>
        <ResendButton code={code} isBusy={isResending} onPress={() => void resend()} />
      </div>
      <p>
        <button type="button" className={css.link} onClick={signIn.changeEmail}>
          {t.otherEmail}
        </button>
      </p>
    </form>
  )
}

type ResendButtonProps = { code: MailedCode; isBusy: boolean; onPress: () => void }

/** Requests another code, once the last one had time to arrive. */
function ResendButton({ code, isBusy, onPress }: ResendButtonProps) {
  const seconds = useSecondsUntilResend(code)
  if (seconds > 0) {
    return (
      <Button isDisabled>
        <span>{fill(t.resendIn, { time: <span className={layout.num}>{clock(seconds)}</span> })}</span>
      </Button>
    )
  }
  return (
    <Button isDisabled={isBusy} onPress={onPress}>
      {isBusy ? t.resending : t.resend}
    </Button>
  )
}

function useSecondsUntilResend(code: MailedCode): number {
  const [leftMs, setLeftMs] = useState(() => msUntilResend(code))
  useEffect(() => {
    const end = performance.now() + msUntilResend(code)
    const tick = () => setLeftMs(Math.max(0, end - performance.now()))
    tick()
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
  }, [code])
  return Math.ceil(leftMs / 1000)
}

/** Minutes and seconds: 42 is 0:42. */
function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** Sends the code as soon as it is complete, and requests another one. */
function useSendCode({ proceed, startAgain }: SignIn, { challengeId, details }: MailedCode) {
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<CodeError>()
  const [isResending, setResending] = useState(false)
  const { attempt, isBusy, problem } = useAttempt()

  async function send(code: string): Promise<void> {
    if (code.length < CODE_LENGTH) return setError({ text: t.codeIncomplete })
    await attempt(async () => {
      try {
        proceed(await sendCode({ challengeId, code }), details)
      } catch (refusal) {
        if (!(refusal instanceof ApiProblem)) throw refusal
        const { type, triesLeft } = refusal
        if (type === 'code-over' || triesLeft === 0) startAgain()
        else if (triesLeft !== undefined) setError({ text: t.codeWrong(triesLeft) })
        else throw refusal
      }
    })
  }

  async function resend(): Promise<void> {
    setResending(true)
    await attempt(async () => {
      proceed(await sendDetails(details), details)
      setTyped('')
      setError(undefined)
      toast.success({ title: t.resent, detail: details.email })
    })
    setResending(false)
  }

  return {
    typed,
    type(digits: string) {
      setTyped(digits)
      if (digits.length === CODE_LENGTH && digits !== typed) void send(digits)
    },
    send,
    resend,
    isBusy,
    isResending,
    error,
    problem,
  }
}

type CodeError = { text: string }

type CodeFieldProps = {
  value: string
  onChange: (digits: string) => void
  /** A new object for each refusal, so that the same sentence is said again. */
  error: CodeError | undefined
}

/** One field with six places. Takes the code however it is pasted, and from the phone's message. */
function CodeField({ value, onChange, error }: CodeFieldProps) {
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
          spellCheck="false"
          required
          value={value}
          onChange={(event) => onChange(digitsOf(event.target.value))}
        />
      )}
    />
  )
}
