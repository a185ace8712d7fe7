import type { ReactNode } from 'react'
import css from './DeadEnd.module.css'
import { Page } from './Page.tsx'

type DeadEndProps = {
  title: string
  detail?: string | undefined
  /** Of the hare between two clouds, in a box of 620 by 190 units. */
  picture: ReactNode
  /** The ways on. */
  children: ReactNode
}

/** A page that has nothing to show: why, and where to go from here. */
export function DeadEnd({ title, detail, picture, children }: DeadEndProps) {
  const sky = (
    <div className={css.sky}>
      <svg className={css.picture} viewBox="0 0 620 190" aria-hidden="true">
        {picture}
      </svg>
      <div>
        <h1>{title}</h1>
        {detail && <p className={css.detail}>{detail}</p>}
      </div>
      <div className={css.ways}>{children}</div>
    </div>
  )
  return <Page title={title} sky={sky} />
}
