import type { User } from '@jotc/core/api/account'
import { useRef, useState } from 'react'
import { navigate } from 'wouter/use-browser-location'
import { api } from '#api/client.ts'
import { session } from '#api/session.ts'
import { useAttempt } from '#api/useAttempt.ts'
import { PATHS } from '#frame/paths.ts'
import { Button } from '#ui/Button.tsx'
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx'
import { TextField } from '#ui/Field.tsx'
import { toast } from '#ui/toast.tsx'
import css from './AccountPage.module.css'
import { t } from './words/en.ts'

type EraseAccountProps = { user: User; submissions: number | null | undefined }

/** The way to have everything removed. */
export function EraseAccount({ user, submissions }: EraseAccountProps) {
  const [isAsking, setAsking] = useState(false)
  const detail = submissions ? t.eraseDetail(submissions) : t.eraseAllDetail
  return (
    <section className={css.erasure} aria-labelledby="erasure">
      <h2 id="erasure">{t.erase}</h2>
      <p>{detail}</p>
      <Button variant="danger" icon="clear" onPress={() => setAsking(true)}>
        {t.eraseAsk}
      </Button>
      {isAsking && <EraseDialog email={user.email} detail={detail} onClose={() => setAsking(false)} />}
    </section>
  )
}

type EraseDialogProps = { email: string; detail: string; onClose: () => void }

/** Erases the account, once its email was typed. The service keeps the last administrator, and says so here. */
function EraseDialog({ email, detail, onClose }: EraseDialogProps) {
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<string>()
  const { attempt, isBusy, problem } = useAttempt()

  function confirm() {
    if (typed.trim().toLowerCase() !== email) {
      setError(t.notYourEmail)
      input.current?.focus()
      return
    }
    void attempt(async () => {
      const { token = '' } = session.get() ?? {}
      await api.delete('/me')
      // Another tab may have signed in as somebody else meanwhile.
      if (session.get()?.token === token) navigate(PATHS.board)
      session.end(token)
      toast.success({ title: t.erased, detail: t.erasedDetail })
    })
  }

  return (
    <ConfirmDialog
      title={t.eraseTitle}
      detail={detail}
      confirm={isBusy ? t.erasing : t.eraseConfirm}
      cancel={t.eraseKeep}
      isDestructive
      isBusy={isBusy}
      problemTitle={t.notErased}
      problem={problem}
      onConfirm={confirm}
      onClose={onClose}
    >
      <TextField
        ref={input}
        label={t.confirmEmail}
        type="email"
        autoComplete="off"
        spellCheck="false"
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
