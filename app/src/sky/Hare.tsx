import type { ComponentProps } from 'react'
import css from './sky.module.css'

/** The traveller, facing right in a box of 32 units, feet on its lower edge. Takes the attributes of an `svg`. */
export function Hare({ className, ...svg }: ComponentProps<'svg'>) {
  return (
    <svg className={className} viewBox="0 0 32 32" aria-hidden="true" {...svg}>
      <path className={css.dark} d="M21.5 12.5C17.5 9.5 14.5 5 15 1.5C18.5 2.5 22.5 7 23.8 11.5Z" />
      <path className={css.coat} d="M23.6 11.5C21.8 7.5 21.8 3 23.6 .6C26.3 3 27 8 26.2 11.8Z" />
      <circle className={css.light} cx="4.8" cy="20.8" r="2.7" />
      <path className={css.coat} d={BODY} />
      <path className={css.dark} d={HIND_LEG} />
      <circle className={css.eye} cx="25.6" cy="14.3" r="1" />
    </svg>
  )
}

const BODY =
  'M4.5 24C4 17.5 8.5 14 14 14.2C18 14.4 19 13.5 20 12.5C21.5 10.8 24 10 26.5 11.2C29 12.5 30.2 14.8 29.4 16.3C28.6 17.8 26 18.4 24.5 18.6C24 21 23.6 22.5 22.8 24L23.5 28.2H25.5C26.6 28.2 26.7 30 25.3 30H21.5L19 25.5C17 26.5 15 27 13.5 27.2L16 28.2C17.2 28.6 17 30 15.8 30H8C5.5 30 4.6 27 4.5 24Z'
const HIND_LEG =
  'M8 30C5.5 30 4.7 27 4.5 24C5.5 20.5 9.5 19 12.5 21C15.2 22.8 15 25.8 13.5 27.2L16 28.2C17.2 28.6 17 30 15.8 30Z'
