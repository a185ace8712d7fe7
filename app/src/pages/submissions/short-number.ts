import { LOCALE } from '../../kit/locale.ts'

const compact = new Intl.NumberFormat(LOCALE, { notation: 'compact' })

/** A number where there is no room for all of it: 10K. */
export function shortNumber(value: number): string {
  return compact.format(value)
}
