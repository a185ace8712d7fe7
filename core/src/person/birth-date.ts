const EARLIEST_BIRTH_YEAR = 1900

export type BirthDateFault = 'missing' | 'format' | 'noSuchDay' | 'tooEarly' | 'inFuture' | 'tooYoung'

/**
 * The rule for birth dates: a real calendar date written `YYYY-MM-DD` and nothing else, from 1900 on,
 * of a person who is old enough on `today`. It stays text: as a timestamp it would move with time zones.
 *
 * @param today the current date in UTC, `YYYY-MM-DD`; the form and the service use the same one
 * @param minimumAge in whole years; 0 lets everybody in who was born
 */
export function readBirthDate(
  text: string,
  today: string,
  minimumAge: number,
): { value: string } | { fault: BirthDateFault } {
  if (text === '') return { fault: 'missing' }
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!parts) return { fault: 'format' }
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number]
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return { fault: 'noSuchDay' }
  if (year < EARLIEST_BIRTH_YEAR) return { fault: 'tooEarly' }
  if (text > today) return { fault: 'inFuture' }
  // Text compares like the calendar. Born on 29 February, one comes of age on 1 March: '02-29' > '02-28'.
  if (`${year + minimumAge}${text.slice(4)}` > today) return { fault: 'tooYoung' }
  return { value: text }
}

const DAY = 24 * 60 * 60 * 1000
/** The day that was asked for last: a service asks for the same one all day long. */
let lastDay = { number: Number.NaN, text: '' }

/** Today's date in UTC as `YYYY-MM-DD`, of an instant in milliseconds since 1970. */
export function utcDate(now: number): string {
  const number = Math.floor(now / DAY)
  if (number !== lastDay.number) lastDay = { number, text: new Date(now).toISOString().slice(0, 10) }
  return lastDay.text
}

function daysInMonth(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
}
