import { readBirthDate } from '@jotc/core/person/birth-date'
import { LOCALE } from '#i18n/format.ts'
import { t } from './words/en.ts'

const PARTS = ['day', 'month', 'year'] as const
export type DatePart = (typeof PARTS)[number]
/** A date as it was typed, in three fields. */
export type DateParts = Readonly<Record<DatePart, string>>

/** The calendar and the digits that the service speaks, whatever the person's region uses. */
const GREGORIAN = `${LOCALE}-u-ca-gregory-nu-latn`

/** The parts in the order in which a language writes them. */
export function orderOf(locale: string): DatePart[] {
  const written = new Intl.DateTimeFormat(locale).formatToParts().map(({ type }) => type)
  return PARTS.toSorted((a, b) => written.indexOf(a) - written.indexOf(b))
}

export const ORDER: readonly DatePart[] = orderOf(GREGORIAN)

/** The three parts of a date; all empty when it is none. @param date `YYYY-MM-DD` */
export function partsOf(date: string): DateParts {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? []
  return { day, month, year }
}

/** `YYYY-MM-DD`; empty when nothing was typed. What is missing or no number makes text that is no date. */
export function dateOf({ day, month, year }: DateParts): string {
  const [y, m, d] = [year, month, day].map((part) => part.trim()) as [string, string, string]
  const pad = (part: string, digits: number) => (part === '' ? '' : part.padStart(digits, '0'))
  return y + m + d === '' ? '' : `${pad(y, 4)}-${pad(m, 2)}-${pad(d, 2)}`
}

/**
 * The parts of a date that was pasted as a whole: year, month and day when it begins with a year, else in the order
 * of the language; with anything between them, or eight digits without. Undefined when it is no such date.
 */
export function readDateText(text: string, order: readonly DatePart[]): DateParts | undefined {
  const runs = text.match(/\d+/g) ?? []
  const isOneRun = runs.length === 1 && runs[0]?.length === 8
  const widths = order.map((part) => (part === 'year' ? '(\\d{4})' : '(\\d{2})'))
  const numbers = isOneRun ? (new RegExp(widths.join('')).exec(runs[0] as string)?.slice(1) ?? []) : runs
  if (numbers.length !== 3) return undefined
  const places = numbers[0]?.length === 4 ? (['year', 'month', 'day'] as const) : order
  const part = (name: DatePart) => numbers[places.indexOf(name)] as string
  return { day: part('day'), month: part('month'), year: part('year') }
}

/** What is wrong with a typed date as a date of the calendar, as a sentence; undefined when it is one, or empty. */
export function dateProblem(typed: string): string | undefined {
  const reading = readBirthDate(typed, '9999-12-31', 0)
  if (!('fault' in reading)) return undefined
  if (reading.fault === 'format') return t.dateIncomplete
  return reading.fault === 'noSuchDay' ? noSuchDay(typed) : undefined
}

function noSuchDay(typed: string): string | undefined {
  const [year, month, day] = typed.split('-').map(Number) as [number, number, number]
  if (month < 1 || month > 12) return undefined
  // No API formats a day that does not exist, so it replaces the day of a date that does.
  const date = new Intl.DateTimeFormat(GREGORIAN, { day: 'numeric', month: 'long', timeZone: 'UTC' })
    .formatToParts(Date.UTC(2000, month - 1, 1))
    .map(({ type, value }) => (type === 'day' ? day : value))
    .join('')
  return day === 29 && month === 2 ? t.noLeapDay(date, String(year)) : t.noSuchDay(date)
}
