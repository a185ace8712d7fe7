/** Dates and shares as the person's browser writes them. */
const locale = navigator.language

/** The IANA name of the person's time zone. */
export const TIME_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone

const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
const shortDay = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' })
const longDay = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone: 'UTC' })
const dayOfYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
const moment = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })
const full = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium' })

/** @param share 0 to 1 */
export function formatPercent(share: number): string {
  return percent.format(share)
}

/** @param day `YYYY-MM-DD` */
export function formatShortDay(day: string): string {
  return shortDay.format(new Date(day))
}

/** With its year, unless it is this one. @param day `YYYY-MM-DD` */
export function formatLongDay(day: string): string {
  return (day.startsWith(`${new Date().getFullYear()}`) ? longDay : dayOfYear).format(new Date(day))
}

/** @param instant ISO 8601; shown in the person's time zone */
export function formatMoment(instant: string): string {
  return moment.format(new Date(instant)).replace(',', '')
}

/** With the weekday, the year and the seconds. @param instant as above */
export function formatFullMoment(instant: string): string {
  return full.format(new Date(instant))
}
