import { t } from '#words/sign-in'
import { Button } from '../../kit/Button.tsx'
import { Note } from '../../kit/Note.tsx'
import { CodeField } from './CodeField.tsx'
import css from './CodeStep.module.css'
import type { MailedCode } from './mailed-code.ts'
import { ResendButton } from './ResendButton.tsx'
import page from './SignInPage.module.css'
import { useSendCode } from './useSendCode.ts'
import type { SignIn } from './useSignIn.ts'

/** Asks for the code that was mailed; the sixth digit sends it. */
export function CodeStep({ signIn, code }: { signIn: SignIn; code: MailedCode }) {
  const { typed, type, send, resend, isBusy, isResending, error, failure } = useSendCode(signIn, code)
  return (
    <form
      className={page.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void send(typed)
      }}
    >
      {failure && <Note tone="bad" title={t.failed} detail={failure.detail} code={failure.code} />}
      {signIn.isUnchecked && <Note tone="careful" title={t.unchecked} detail={t.uncheckedDetail} />}
      <CodeField value={typed} onChange={type} error={error} />
      <div className={page.actions}>
        <Button kind="key" type="submit" isDisabled={isBusy}>
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
