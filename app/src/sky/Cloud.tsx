import clsx from 'clsx'
import css from './sky.module.css'

type CloudProps = {
  kind: 'cumulus' | 'thunderhead'
  /** A cloud that the route visits: its ring turns warm. */
  isOnRoute?: boolean
  /** The hare has been on it: its ring fills. */
  isLanded?: boolean
  className?: string | undefined
}

/** A cloud, drawn once by `CloudSymbols`. Its ring is its digit 0, its bolt is its digit 1. */
export function Cloud({ kind, isOnRoute, isLanded, className }: CloudProps) {
  const state = clsx(css.cloud, isOnRoute && css.onRoute, isLanded && css.landed, className)
  return (
    <svg className={state} viewBox="0 0 48 48" aria-hidden="true">
      <use href={`#${kind}`} />
    </svg>
  )
}

/** Paths in the 48-unit box of a cloud. They are relative, so that a board can draw a whole row of them as one path. */
export const CUMULUS = 'm11.5 40a8 8 0 0 1 .51-15.98a11.5 11.5 0 0 1 22.73-2.94a9.5 9.5 0 0 1 1.26 18.92z'
export const RING = 'm20.1 30a3.4 4.6 0 1 0 6.8 0a3.4 4.6 0 1 0-6.8 0z'
export const THUNDERHEAD =
  'm10.5 40a7 7 0 0 1-1.9-13.8a6 6 0 0 1 4.4-9.2c-2.5-1.5-4.5-4-5.6-6.7c-.6-1.7 .3-2.8 1.9-2.8h34.9c1.8 0 2.4 1.5 1.2 2.7c-2.8 2.8-6.9 4.6-11.9 5.4a6.2 6.2 0 0 1 4.1 10a7.3 7.3 0 0 1-.1 14.4z'
export const BOLT = 'm25.5 19l-9.5 14h6l-2.5 12l11-15.5h-6l4-10.5z'

/** The drawings that every `Cloud` of the page refers to; the shell holds them. */
export function CloudSymbols() {
  return (
    <svg className={css.symbols} width="0" height="0" aria-hidden="true">
      <symbol id="cumulus" viewBox="0 0 48 48">
        <path className={css.cumulus} d={CUMULUS} />
        <path className={css.ring} d={RING} />
      </symbol>
      <symbol id="thunderhead" viewBox="0 0 48 48">
        <path className={css.thunderhead} d={THUNDERHEAD} />
        <path className={css.bolt} d={BOLT} />
      </symbol>
    </svg>
  )
}

/** The logo: a cloud under a dotted jump. */
export function Logo() {
  return (
    <svg className={css.logo} viewBox="0 0 40 36" aria-hidden="true">
      <path className={css.jump} d="M6 17C11 1 27 1 33 15" />
      <path className={css.cumulus} d={CUMULUS} transform="translate(.8 2) scale(.8)" />
    </svg>
  )
}
