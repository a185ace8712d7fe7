/** Years that a filter may name: what lies outside was mistyped, and the database could not hold all of it. */
const YEAR = '(?:19|2\\d)\\d\\d'
const DATE = new RegExp(`^${YEAR}-\\d\\d-\\d\\d$`)
const DATE_TIME = new RegExp(`^${YEAR}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,6})?)?(Z|[+-]\\d\\d:\\d\\d)?$`)

export const DATE_FAULT =
  'Write a date (2026-03-31) or a date-time (2026-03-31T10:00:00Z; a + in it is sent as %2B) of the years 1900 to 2999.'

/**
 * Where a span of time begins: an ISO 8601 date is the start of that day in `timeZone` (days of 23 and 25
 * hours included), a date-time is that instant (without an offset: by the clocks of `timeZone`).
 *
 * @returns the instant in ISO 8601, or `undefined` when `text` is no date
 */
export function beginOf(text: string, timeZone: string): string | undefined {
  return instantOf(text, timeZone, 0)
}

/** Where a span of time ends, excluded: a date is included as a whole, so the day after it begins there. */
export function endOf(text: string, timeZone: string): string | undefined {
  return instantOf(text, timeZone, 1)
}

/** Whether `name` is one of the IANA list, as Intl knows it; offsets such as +02:00 are none. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][\w/+-]*$/.test(name)) return false
  return orUndefined(() => new Intl.DateTimeFormat('en', { timeZone: name })) !== undefined
}

function instantOf(text: string, timeZone: string, daysOn: number): string | undefined {
  return orUndefined(() => {
    if (DATE.test(text)) {
      return Temporal.PlainDate.from(text).add({ days: daysOn }).toZonedDateTime(timeZone).toInstant().toString()
    }
    const dateTime = DATE_TIME.exec(text)
    if (!dateTime) return undefined
    if (dateTime[1] !== undefined) return Temporal.Instant.from(text).toString()
    return Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone).toInstant().toString()
  })
}

/** Temporal and Intl say “no such day” and “no such zone” by a RangeError. */
function orUndefined<Value>(read: () => Value): Value | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
