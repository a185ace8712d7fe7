import { useRef, useState } from 'react'
import { navigate } from 'wouter/use-browser-location'
import { t } from '#words/account'
import { api } from '../../kit/api.ts'
import { Confirmation } from '../../kit/Confirmation.tsx'
import { TextField } from '../../kit/Field.tsx'
import { PATHS } from '../../kit/paths.ts'
import { session } from '../../kit/session.ts'
import { toast } from '../../kit/toast.tsx'
import { useAttempt } from '../../kit/useAttempt.ts'

type EraseDialogProps = {
  email: string
  /** Their number in words. */
  submissions: string
  onClose: () => void
}

/** Erases the account, once its email was typed. The service keeps the last administrator, and says so here. */
export function EraseDialog({ email, submissions, onClose }: EraseDialogProps) {
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<string>()
  const { attempt, isBusy, failure } = useAttempt()

  function confirm() {
    if (typed.trim().toLowerCase() !== email) {
      setError(t.notYourEmail)
      input.current?.focus()
      return
    }
    void attempt(async () => {
      await api.delete('/me')
      navigate(PATHS.board)
      session.end()
      toast.success({ title: t.erased, detail: t.erasedDetail })
    })
  }

  return (
    <Confirmation
      title={t.eraseTitle}
      detail={t.eraseWarning(submissions)}
      confirm={isBusy ? t.erasing : t.eraseConfirm}
      keep={t.eraseKeep}
      isDestructive
      isBusy={isBusy}
      failed={t.notErased}
      failure={failure}
      onConfirm={confirm}
      onClose={onClose}
    >
      <TextField
        ref={input}
        label={t.confirmEmail}
        type="email"
        autoComplete="off"
        spellCheck={false}
        value={typed}
        error={error}
        onChange={(text) => {
          setTyped(text)
          setError(undefined)
        }}
      />
    </Confirmation>
  )
}
