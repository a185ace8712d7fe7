import { type FormEvent, type ReactNode, type SyntheticEvent, useId, useLayoutEffect, useRef } from 'react'
import { useAttempt } from '#api/useAttempt.ts'
import { Button } from '#ui/Button.tsx'
import css from './ConfirmDialog.module.css'
import { Note } from './Note.tsx'

type ConfirmDialogProps = {
  title: string
  /** What will happen. */
  detail: string
  /** The labels of the two buttons: what each does. */
  confirm: string
  cancel: string
  /** The label of the first while the action runs. */
  confirming: string
  /** The action destroys something. */
  isDestructive?: boolean
  /** Stands above the sentence that says why it could not be done. */
  problemTitle: string
  /** Must close the dialog when it succeeds. What it throws is shown. */
  onConfirm: () => Promise<void>
  /** Called after the dialog was left, also by Escape. It cannot be left while the action runs. */
  onClose: () => void
  /** More fields. */
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
  /** Opens it again while the action runs: browsers let a second Escape pass. */
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
