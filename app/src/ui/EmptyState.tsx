import type { ReactNode } from 'react'
import { Cloud } from '#sky/Cloud.tsx'
import css from './EmptyState.module.css'

/** An empty place: why it is empty, and what to do. */
export function EmptyState({ title, detail, children }: { title: string; detail: string; children: ReactNode }) {
  return (
    <section className={css.empty}>
      <Cloud kind="cumulus" className={css.cloud} />
      <h2>{title}</h2>
      <p>{detail}</p>
      {children}
    </section>
  )
}
