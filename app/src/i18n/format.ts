import { createElement, Fragment, type ReactNode } from 'react'
import { FALLBACK_LOCALE, LANGUAGE } from './words/en.ts'

/** The page's language in the variety that the person's browser asks for (de-AT): how dates and numbers are written. */
export const LOCALE = navigator.languages.find((tag) => new Intl.Locale(tag).language === LANGUAGE) ?? FALLBACK_LOCALE

const number = new Intl.NumberFormat(LOCALE)
const decimal = new Intl.NumberFormat(LOCALE, { minimumFractionDigits: 1 })

export const format = {
  number: (value: number | bigint) => number.format(value),
  /** With one digit or more after the point: 1.0 */
  decimal: (value: number) => decimal.format(value),
}

/**
 * A sentence with elements in the places of their names: `fill('We sent a code to {email}.', { email: <b>…</b> })`.
 * Each language has the sentence as a whole, and so its own order.
 *
 * The text between them stands in elements of its own: a browser that translates the page takes bare texts away.
 */
export function fill(sentence: string, elements: Readonly<Record<string, ReactNode>>): ReactNode {
  const parts = sentence
    .split(/\{(\w+)\}/)
    .map((part, index) => (index % 2 === 1 ? elements[part] : part && createElement('span', null, part)))
  return createElement(Fragment, null, ...parts)
}
