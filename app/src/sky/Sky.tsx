import clsx from 'clsx'
import type { ReactNode } from 'react'
import css from './Sky.module.css'
import { BIG_STARS, ISOBARS, SKY_SIZE, STARS } from './sky-drawing.ts'

/** The weather chart behind the head of a page: isobars, stars by night, the disc, and the horizon below. */
export function Sky({ compact, children }: { compact?: boolean | undefined; children?: ReactNode }) {
  return (
    <div className={clsx(css.sky, compact && css.compact)}>
      <svg className={css.chart} viewBox={SKY_SIZE} preserveAspectRatio="xMidYMid slice" aria-hidden="true">
        <path d={ISOBARS} />
        <path className={css.stars} d={STARS} />
        <path className={clsx(css.stars, css.big)} d={BIG_STARS} />
      </svg>
      <div className={css.disc} />
      {children}
    </div>
  )
}
