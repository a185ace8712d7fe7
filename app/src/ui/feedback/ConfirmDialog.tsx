import { type FormEvent, type ReactNode, type SyntheticEvent, useId, useLayoutEffect, useRef } from 'react'
import { useAttempt } from '#api/useAttempt.ts'
import { Button } from '#ui/Button.tsx'
import css from './ConfirmDialog.module.css'
import { Note } from './Note.tsx'

type ConfirmDialogProps = {
  title: string
  /** What will happen. */
  detail: string
  /** What the two buttons do, in their own words. */
  confirm: string
  cancel: string
  /** The first one's words while it goes on. */
  confirming: string
  /** Something is lost by it. */
  isDestructive?: boolean
  /** Stands above the sentence that says why it could not be done. */
  problemTitle: string
  /** Closes the dialog once it is done. What it throws is shown. */
  onConfirm: () => Promise<void>
  /** Called after the dialog was left, by Escape too. While it is busy nobody can leave it. */
  onClose: () => void
  /** What else is asked. */
  children?: ReactNode
}

/**
 * Asks before something that matters: the platform's modal dialog, open for as long as it is rendered. The focus
 * goes back to where it came from.
 */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  const { attempt, isBusy, problem } = useAttempt()
  // Before it leaves the page, so that the platform can give the focus back.
  useLayoutEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    // The field if there is one, else the button that changes nothing.
    shown?.querySelector<HTMLElement>('input, button[type="button"]')?.focus()
    return () => shown?.close()
  }, [])
  function submit(event: FormEvent) {
    event.preventDefault()
    void attempt(props.onConfirm)
  }
  /** While it is busy it stays, whatever closed it: browsers let a second Escape pass. */
  function closed({ currentTarget }: SyntheticEvent<HTMLDialogElement>) {
    if (currentTarget.open || !currentTarget.isConnected) return
    if (isBusy) currentTarget.showModal()
    else props.onClose()
  }
  return (
    <dialog
      ref={dialog}
      className={css.dialog}
      role="alertdialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-detail`}
      onCancel={(event) => isBusy && event.preventDefault()}
      onClose={closed}
    >
      <form className={css.form} noValidate onSubmit={submit}>
        <h2 id={`${id}-title`}>{props.title}</h2>
        <p id={`${id}-detail`}>{props.detail}</p>
        {problem && <Note tone="error" title={props.problemTitle} detail={problem.detail} code={problem.code} />}
        {props.children}
        <div className={css.actions}>
          <Button
            variant="primary"
            type="submit"
            className={props.isDestructive ? css.destroy : undefined}
            isDisabled={isBusy}
          >
            {isBusy ? props.confirming : props.confirm}
          </Button>
          <Button className={css.cancel} isDisabled={isBusy} onPress={() => dialog.current?.close()}>
            {props.cancel}
          </Button>
        </div>
      </form>
    </dialog>
  )
}
