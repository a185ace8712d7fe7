import clsx from 'clsx'
import type { ReactNode } from 'react'
import { Icon } from '#ui/Icon.tsx'
import { ErrorCode } from './ErrorCode.tsx'
import css from './Note.module.css'

type NoteProps = {
  tone: 'warning' | 'error'
  title: string
  detail: string
  code?: string | undefined
  /** What can be done about it. */
  children?: ReactNode
}

/** A message that stands in the page, where a toast would pass. */
export function Note({ tone, title, detail, code, children }: NoteProps) {
  return (
    <div className={clsx(css.note, css[tone])} role={tone === 'error' ? 'alert' : 'status'}>
      <Icon name={tone === 'error' ? 'stop' : 'warn'} />
      <div className={css.body}>
        <div>
          <h2 className={css.title}>{title}</h2>
          <p>{detail}</p>
        </div>
        {code && <ErrorCode code={code} />}
        {children}
      </div>
    </div>
  )
}
