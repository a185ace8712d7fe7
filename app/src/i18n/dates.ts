import { serverNow } from '#api/config.ts'
import { LOCALE } from './format.ts'

const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** Some browsers do not know where they are. Then all times are in UTC, and say so. */
export const IS_ZONE_KNOWN = ownZone !== undefined && ownZone !== 'Etc/Unknown'

/** The IANA name of the person's time zone. */
export const TIME_ZONE = IS_ZONE_KNOWN ? ownZone : 'UTC'

const shortDay = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', timeZone: 'UTC' })
const longDay = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'long', timeZone: 'UTC' })
const longDayWithYear = new Intl.DateTimeFormat(LOCALE, {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})
const dayWithYear = new Intl.DateTimeFormat(LOCALE, {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: TIME_ZONE,
})
const moment = new Intl.DateTimeFormat(LOCALE, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: TIME_ZONE,
  ...(!IS_ZONE_KNOWN && { timeZoneName: 'short' }),
})
const time = new Intl.DateTimeFormat(LOCALE, { timeStyle: IS_ZONE_KNOWN ? 'short' : 'long', timeZone: TIME_ZONE })
const numericDay = new Intl.DateTimeFormat(LOCALE, {
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  timeZone: 'UTC',
})
const full = new Intl.DateTimeFormat(LOCALE, {
  dateStyle: 'full',
  timeStyle: IS_ZONE_KNOWN ? 'medium' : 'long',
  timeZone: TIME_ZONE,
})

/** @param day `YYYY-MM-DD` */
export function formatShortDay(day: string): string {
  return shortDay.format(new Date(day))
}

/** With its year, unless it is this one. @param day `YYYY-MM-DD` */
export function formatLongDay(day: string): string {
  return (day.startsWith(`${new Date(serverNow()).getFullYear()}`) ? longDay : longDayWithYear).format(new Date(day))
}

/** A day with its year. @param instant ISO 8601; shown in the person's time zone */
export function formatDayWithYear(instant: string): string {
  return dayWithYear.format(new Date(instant))
}

/** @param instant ISO 8601; shown in the person's time zone */
export function formatMoment(instant: string): string {
  return moment.format(new Date(instant)).replace(',', '')
}

/** With the weekday, the year and the seconds. @param instant as above */
export function formatFullMoment(instant: string): string {
  return full.format(new Date(instant))
}

/** @param instant as above */
export function formatTime(instant: string): string {
  return time.format(new Date(instant))
}

/** As one writes a birth date. @param day `YYYY-MM-DD` */
export function formatNumericDay(day: string): string {
  return numericDay.format(new Date(day))
}
