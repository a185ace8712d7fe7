import clsx from 'clsx'
import css from './Cloud.module.css'

export type CloudProps = {
  kind: 'cumulus' | 'thunderhead'
  /** A cloud that the route visits: its ring turns warm. */
  isOnRoute?: boolean
  /** The hare has been on it: its ring fills. */
  isLanded?: boolean
  /** One of the two thunderheads that block the board. */
  isBlocking?: boolean
  className?: string | undefined
}

/** A cloud, drawn once by `CloudSymbols`. Its ring is its digit 0, its bolt is its digit 1. */
export function Cloud({ kind, isOnRoute, isLanded, isBlocking, className }: CloudProps) {
  const state = clsx(css.cloud, isOnRoute && css.onRoute, isLanded && css.landed, isBlocking && css.blocking, className)
  return (
    <svg className={state} viewBox="0 0 48 48" aria-hidden="true">
      <use href={`#${kind}`} />
    </svg>
  )
}

export const CUMULUS = 'M11.5 40A8 8 0 0 1 12.01 24.02A11.5 11.5 0 0 1 34.74 21.08A9.5 9.5 0 0 1 36 40Z'
export const THUNDERHEAD =
  'M10.5 40A7 7 0 0 1 8.6 26.2A6 6 0 0 1 13 17C10.5 15.5 8.5 13 7.4 10.3C6.8 8.6 7.7 7.5 9.3 7.5H44.2C46 7.5 46.6 9 45.4 10.2C42.6 13 38.5 14.8 33.5 15.6A6.2 6.2 0 0 1 37.6 25.6A7.3 7.3 0 0 1 37.5 40Z'
export const BOLT = 'M25.5 19L16 33H22L19.5 45L30.5 29.5H24.5L28.5 19Z'

/** The drawings that every `Cloud` of the page refers to; the shell holds them. */
export function CloudSymbols() {
  return (
    <svg className={css.symbols} width="0" height="0" aria-hidden="true">
      <symbol id="cumulus" viewBox="0 0 48 48">
        <path className={css.cumulus} d={CUMULUS} />
        <ellipse className={css.ring} cx="23.5" cy="30" rx="3.4" ry="4.6" />
      </symbol>
      <symbol id="thunderhead" viewBox="0 0 48 48">
        <path className={css.thunderhead} d={THUNDERHEAD} />
        <path className={css.bolt} d={BOLT} />
      </symbol>
    </svg>
  )
}

/** The mark of the app: a cloud under a dotted jump. */
export function Mark() {
  return (
    <svg className={css.mark} viewBox="0 0 40 36" aria-hidden="true">
      <path className={css.jump} d="M6 17C11 1 27 1 33 15" />
      <path className={css.cumulus} d={CUMULUS} transform="translate(.8 2) scale(.8)" />
    </svg>
  )
}
