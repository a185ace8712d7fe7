import { type FormEvent, type ReactNode, type SyntheticEvent, useId, useLayoutEffect, useRef } from 'react'
import type { ShownProblem } from '#api/client.ts'
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
  /** Something is lost by it. */
  isDestructive?: boolean
  isBusy: boolean
  /** What went wrong when it was confirmed. */
  problemTitle: string
  problem: ShownProblem | undefined
  onConfirm: () => void
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
    if (!props.isBusy) props.onConfirm()
  }
  /** While it is busy it stays, whatever closed it: browsers let a second Escape pass. */
  function closed({ currentTarget }: SyntheticEvent<HTMLDialogElement>) {
    if (currentTarget.open || !currentTarget.isConnected) return
    if (props.isBusy) currentTarget.showModal()
    else props.onClose()
  }
  return (
    <dialog
      ref={dialog}
      className={css.dialog}
      role="alertdialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-detail`}
      onCancel={(event) => props.isBusy && event.preventDefault()}
      onClose={closed}
    >
      <form className={css.form} noValidate onSubmit={submit}>
        <h2 id={`${id}-title`}>{props.title}</h2>
        <p id={`${id}-detail`}>{props.detail}</p>
        {props.problem && (
          <Note tone="error" title={props.problemTitle} detail={props.problem.detail} code={props.problem.code} />
        )}
        {props.children}
        <div className={css.actions}>
          <Button
            variant="primary"
            type="submit"
            className={props.isDestructive ? css.destroy : undefined}
            isDisabled={props.isBusy}
          >
            {props.confirm}
          </Button>
          <Button className={css.cancel} isDisabled={props.isBusy} onPress={() => dialog.current?.close()}>
            {props.cancel}
          </Button>
        </div>
      </form>
    </dialog>
  )
}
