import { type ReactNode, useId } from 'react'
import css from './Tool.module.css'

/** One of the tools below the board, with its heading. */
export function Tool({ heading, children }: { heading: string; children: ReactNode }) {
  const id = useId()
  return (
    <section className={css.tool} aria-labelledby={id}>
      <h2 id={id}>{heading}</h2>
      {children}
    </section>
  )
}
