import clsx from 'clsx'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { ApiProblem } from '#api/client.ts'
import { useAttempt } from '#api/useAttempt.ts'
import { fill } from '#i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { Note } from '#ui/feedback/Note.tsx'
import { toast } from '#ui/feedback/toast.tsx'
import { Field } from '#ui/form/Field.tsx'
import layout from '#ui/layout.module.css'
import { digitsOf, type MailedCode, msUntilResend } from './mailed-code.ts'
import css from './SignInPage.module.css'
import { askForCode, type SignIn, sendCode } from './useSignIn.ts'
import { t } from './words/en.ts'

/** Asks for the code that was mailed; the last digit sends it. */
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
      <CodeField digits={code.digits} value={typed} onChange={type} error={error} />
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

/** Sends the code as soon as it is whole, and asks for another one. */
function useSendCode({ proceed, startAgain }: SignIn, { challengeId, digits, email }: MailedCode) {
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<CodeError>()
  const [isResending, setResending] = useState(false)
  const { attempt, isBusy, problem } = useAttempt()

  async function send(code: string): Promise<void> {
    if (code.length < digits) return setError({ text: t.codeIncomplete[digits] })
    await attempt(async () => {
      try {
        await proceed(await sendCode({ challengeId, code }), email)
      } catch (refusal) {
        if (!(refusal instanceof ApiProblem)) throw refusal
        const { type, triesLeft } = refusal
        if (type === 'code-over' || triesLeft === 0) startAgain('code')
        else if (triesLeft !== undefined) setError({ text: t.codeWrong(triesLeft) })
        else throw refusal
      }
    })
  }

  async function resend(): Promise<void> {
    setResending(true)
    await attempt(async () => {
      await proceed(await askForCode(email), email)
      setTyped('')
      setError(undefined)
      toast.success({ title: t.resent, detail: email })
    })
    setResending(false)
  }

  return {
    typed,
    type(code: string) {
      setTyped(code)
      if (code.length === digits && code !== typed) void send(code)
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
  digits: MailedCode['digits']
  value: string
  onChange: (code: string) => void
  /** A new object for each refusal, so that the same sentence is said again. */
  error: CodeError | undefined
}

/** One field with a place for each digit. Takes the code however it is pasted, and from the phone's message. */
function CodeField({ digits, value, onChange, error }: CodeFieldProps) {
  const input = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => {
    input.current?.focus()
    if (error) input.current?.select()
  }, [error])
  return (
    <Field
      label={t.code[digits]}
      error={error && <span role="alert">{error.text}</span>}
      className={css.frame}
      control={(props) => (
        <input
          {...props}
          ref={input}
          className={clsx(css.code, digits > 6 && css.long)}
          name="code"
          type="text"
          inputMode="numeric"
          autoComplete="one-time-code"
          pattern={`\\d{${digits}}`}
          spellCheck="false"
          required
          value={value}
          onChange={(event) => onChange(digitsOf(event.target.value, digits))}
        />
      )}
    />
  )
}
