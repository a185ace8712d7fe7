import { LOCALE } from './locale.ts'

const number = new Intl.NumberFormat(LOCALE)
const decimal = new Intl.NumberFormat(LOCALE, { minimumFractionDigits: 1 })

export const format = {
  number: (value: number | bigint) => number.format(value),
  /** With one digit or more after the point: 1.0 */
  decimal: (value: number) => decimal.format(value),
}
