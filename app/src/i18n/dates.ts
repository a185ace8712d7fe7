import { serverNow } from '#api/config.ts'
import { LOCALE } from './format.ts'

const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** The zone that the service did not know, before the page was loaded anew. */
const { refusedZone } = (globalThis.history?.state ?? {}) as { refusedZone?: string }

/**
 * Some browsers do not know where they are, and some know zones that are younger than the service. Then all times are
 * in UTC, and say so.
 */
export const IS_ZONE_KNOWN = ownZone !== undefined && ownZone !== 'Etc/Unknown' && ownZone !== refusedZone

/** The IANA name of the person's time zone. */
export const TIME_ZONE = IS_ZONE_KNOWN ? ownZone : 'UTC'

/** For a service that does not know the zone: loads the page anew, in UTC. */
export function leaveOwnZone(): void {
  if (!IS_ZONE_KNOWN) return
  history.replaceState({ ...history.state, refusedZone: ownZone }, '')
  location.reload()
}

const DAY = { day: 'numeric', month: 'long' } as const
const longDay = formatter({ ...DAY, timeZone: 'UTC' })
const longDayWithYear = formatter({ ...DAY, year: 'numeric', timeZone: 'UTC' })
const moment = formatter({
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: TIME_ZONE,
  ...(!IS_ZONE_KNOWN && { timeZoneName: 'short' }),
})

/** @param day `YYYY-MM-DD` */
export const formatShortDay = formatter({ day: 'numeric', month: 'short', timeZone: 'UTC' })

/** With its year, unless it is this one. @param day `YYYY-MM-DD` */
export function formatLongDay(day: string): string {
  return day.startsWith(`${new Date(serverNow()).getFullYear()}`) ? longDay(day) : longDayWithYear(day)
}

/** As one writes a birth date. @param day `YYYY-MM-DD` */
export const formatNumericDay = formatter({ day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' })

/** A day with its year. @param instant ISO 8601; shown in the person's time zone, as those below */
export const formatDayWithYear = formatter({ ...DAY, year: 'numeric', timeZone: TIME_ZONE })

/** The same, short. @param instant as above */
export const formatShortDayWithYear = formatter({
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: TIME_ZONE,
})

/** @param instant as above */
export function formatMoment(instant: string): string {
  return moment(instant).replace(',', '')
}

/** With the weekday, the year and the seconds. @param instant as above */
export const formatFullMoment = formatter({
  dateStyle: 'full',
  timeStyle: IS_ZONE_KNOWN ? 'medium' : 'long',
  timeZone: TIME_ZONE,
})

/** @param instant as above */
export const formatTime = formatter({ timeStyle: IS_ZONE_KNOWN ? 'short' : 'long', timeZone: TIME_ZONE })

function formatter(options: Intl.DateTimeFormatOptions): (date: string) => string {
  const written = new Intl.DateTimeFormat(LOCALE, options)
  return (date) => written.format(new Date(date))
}
