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
