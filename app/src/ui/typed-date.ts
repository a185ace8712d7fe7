import { readBirthDate } from '@jotc/core/person/birth-date'
import { LOCALE } from '#i18n/format.ts'
import { t } from './words/en.ts'

/**
 * A date as it was typed, part by part: `YYYY-MM-DD`, with question marks for what is still missing; empty
 * when nothing was typed. It can name a day that does not exist.
 */
export type TypedDate = string

export function typedDate(year: number | null, month: number | null, day: number | null): TypedDate {
  if (year === null && month === null && day === null) return ''
  const part = (value: number | null, digits: number) =>
    value === null ? '?'.repeat(digits) : String(value).padStart(digits, '0')
  return `${part(year, 4)}-${part(month, 2)}-${part(day, 2)}`
}

/** What is wrong with a typed date as a calendar date, as a sentence; undefined when it is one, or empty. */
export function dateProblem(typed: TypedDate): string | undefined {
  const reading = readBirthDate(typed, '9999-12-31')
  if (!('fault' in reading)) return undefined
  if (reading.fault === 'format') return t.dates.incomplete
  return reading.fault === 'noSuchDay' ? noSuchDay(typed) : undefined
}

/** Whether the text is a whole date of the calendar. A year of less than four digits is still being typed. */
export function isRealDate(typed: TypedDate): boolean {
  return /^[1-9]\d{3}-\d{2}-\d{2}$/.test(typed) && dateProblem(typed) === undefined
}

function noSuchDay(typed: TypedDate): string {
  const [year = 0, month = 0, day = 0] = typed.split('-').map(Number)
  const name = new Intl.DateTimeFormat(LOCALE, { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2000, month - 1))
  return day === 29 && month === 2 ? t.dates.noLeapDay(year) : t.dates.noSuchDay(day, name)
}
