import { useEffect, useState } from 'react'
import { Button } from '#ui/Button.tsx'
import layout from '#ui/layout.module.css'
import { Note } from '#ui/Note.tsx'
import { CodeField } from './CodeField.tsx'
import type { MailedCode } from './mailed-code.ts'
import css from './SignInPage.module.css'
import { useSendCode } from './useSendCode.ts'
import type { SignIn } from './useSignIn.ts'
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
        <ResendButton from={code.resendAt} isBusy={isResending} onPress={() => void resend()} />
      </div>
      <p>
        <button type="button" className={css.link} onClick={signIn.changeEmail}>
          {t.otherEmail}
        </button>
      </p>
    </form>
  )
}

type ResendButtonProps = {
  /** Counts down to this moment, in milliseconds since 1970. */
  from: number
  isBusy: boolean
  onPress: () => void
}

/** Another code, once the last one had its time to arrive. */
function ResendButton({ from, isBusy, onPress }: ResendButtonProps) {
  const seconds = useSecondsUntil(from)
  if (seconds > 0) {
    return (
      <Button isDisabled>
        {t.resendIn} <span className={layout.num}>{clock(seconds)}</span>
      </Button>
    )
  }
  return (
    <Button isDisabled={isBusy} onPress={onPress}>
      {isBusy ? t.resending : t.resend}
    </Button>
  )
}

function useSecondsUntil(moment: number): number {
  const [now, setNow] = useState(Date.now)
  const isOver = now >= moment
  useEffect(() => {
    setNow(Date.now())
    if (isOver) return
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [isOver])
  return Math.max(0, Math.ceil((moment - now) / 1000))
}

/** 42 is 0:42. */
function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
