import type { User } from '@jotc/core/api/account'
import { useRef, useState } from 'react'
import { navigate } from 'wouter/use-browser-location'
import { t } from '#words/account'
import { api } from '../../kit/api.ts'
import { Button } from '../../kit/Button.tsx'
import { ConfirmDialog } from '../../kit/ConfirmDialog.tsx'
import { TextField } from '../../kit/Field.tsx'
import { PATHS } from '../../kit/paths.ts'
import { session } from '../../kit/session.ts'
import { toast } from '../../kit/toast.tsx'
import { useAttempt } from '../../kit/useAttempt.ts'
import css from './AccountPage.module.css'

type EraseAccountProps = { user: User; submissions: number | null | undefined }

/** The way to have everything removed. */
export function EraseAccount({ user, submissions }: EraseAccountProps) {
  const [isAsking, setAsking] = useState(false)
  const isKnown = typeof submissions === 'number'
  const all = isKnown ? t.all(submissions) : t.allUnknown
  const these = isKnown ? t.these(submissions) : t.theseUnknown
  return (
    <section className={css.erasure} aria-labelledby="erasure">
      <h2 id="erasure">{t.erase}</h2>
      <p>{t.eraseDetail(all)}</p>
      <Button kind="bad" icon="clear" onPress={() => setAsking(true)}>
        {t.eraseAsk}
      </Button>
      {isAsking && <EraseDialog email={user.email} submissions={these} onClose={() => setAsking(false)} />}
    </section>
  )
}

type EraseDialogProps = {
  email: string
  /** Their number in words. */
  submissions: string
  onClose: () => void
}

/** Erases the account, once its email was typed. The service keeps the last administrator, and says so here. */
function EraseDialog({ email, submissions, onClose }: EraseDialogProps) {
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
    <ConfirmDialog
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
    </ConfirmDialog>
  )
}
