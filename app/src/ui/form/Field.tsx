import clsx from 'clsx'
import { type ComponentProps, type ReactNode, useId } from 'react'
import { Icon } from '#ui/Icon.tsx'
import css from './Field.module.css'

export type FieldFrame = {
  label: ReactNode
  hint?: ReactNode
  /** What is wrong, as a sentence. */
  error?: ReactNode
  className?: string | undefined
}

/** What ties a control to its label, hint and error. */
type ControlProps = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined }

/** Label above, the control, hint or error below. `control` gets the attributes that tie them together. */
export function Field({
  label,
  hint,
  error,
  className,
  control,
}: FieldFrame & { control: (props: ControlProps) => ReactNode }) {
  const id = useId()
  const note = error ? `${id}-error` : hint ? `${id}-hint` : undefined
  return (
    <div className={clsx(css.field, error && css.invalid, className)}>
      <label htmlFor={id}>{label}</label>
      {control({ id, 'aria-describedby': note, 'aria-invalid': error ? true : undefined })}
      <FieldNote id={id} hint={hint} error={error} />
    </div>
  )
}

/** The line below a control: the error if there is one, else the hint. */
export function FieldNote({ id, hint, error }: Pick<FieldFrame, 'hint' | 'error'> & { id: string }) {
  if (error) {
    return (
      <span className={css.error} id={`${id}-error`}>
        <Icon name="stop" />
        <span>{error}</span>
      </span>
    )
  }
  return hint ? (
    <span className={css.hint} id={`${id}-hint`}>
      {hint}
    </span>
  ) : null
}

type Text = FieldFrame & { value: string; onChange: (value: string) => void }
type Native<Element extends 'input' | 'textarea'> = Omit<ComponentProps<Element>, keyof Text>

export function TextField({ label, hint, error, className, onChange, ...input }: Text & Native<'input'>) {
  return (
    <Field
      {...{ label, hint, error, className }}
      control={(props) => (
        <input type="text" {...input} {...props} onChange={(event) => onChange(event.target.value)} />
      )}
    />
  )
}

export function TextArea({ label, hint, error, className, onChange, ...area }: Text & Native<'textarea'>) {
  return (
    <Field
      {...{ label, hint, error, className }}
      control={(props) => <textarea {...area} {...props} onChange={(event) => onChange(event.target.value)} />}
    />
  )
}

type CheckboxProps = { isSelected: boolean; onChange: (isSelected: boolean) => void; children: ReactNode }

export function Checkbox({ isSelected, onChange, children }: CheckboxProps) {
  return (
    <label className={css.check}>
      <input type="checkbox" checked={isSelected} onChange={(event) => onChange(event.target.checked)} />
      {children}
    </label>
  )
}
