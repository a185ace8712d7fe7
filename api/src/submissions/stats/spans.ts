import sql from 'sql-template-tag'
import type { Database } from '../../database/database.ts'
import type { Conditions } from '../filter.ts'

/** Which part of a filter's time is summed up already, and which must be read row by row. */
export type Spans = {
  /** Dates (UTC), the last one excluded; the same twice where nothing is summed up. */
  whole: { begin: string; end: string }
  /** Instants, the last one excluded. */
  rest: { begin: string; end: string }[]
}

/** Before and after every instant of a submission. */
const [FIRST, LAST] = [Temporal.Instant.from('1900-01-01T00:00Z'), Temporal.Instant.from('3000-01-01T00:00Z')]

type Unit = 'days' | 'months'
type Span = { begin: Temporal.Instant; end: Temporal.Instant }

/** How the time of a filter is made up of summed days, of summed months, and of all that is summed up if it is in it. */
export async function spansOf(
  database: Database,
  { begin, end }: Conditions,
): Promise<{ days: Spans; months: Spans; ever: Spans | undefined }> {
  const [row] = await database.query<{ until: string }>(sql`select until from submission_sums`)
  if (!row) throw new Error('submission_sums has lost its row')
  const until = Temporal.PlainDate.from(row.until)
  const asked = { begin: begin ? Temporal.Instant.from(begin) : FIRST, end: end ? Temporal.Instant.from(end) : LAST }
  const days = spans('days', asked, until)
  const isAll = begin === undefined && !isBefore(asked.end, startOf(until))
  return { days, months: spans('months', asked, until), ever: isAll ? days : undefined }
}

function spans(unit: Unit, asked: Span, until: Temporal.PlainDate): Spans {
  const summed = startOf(until)
  const floor = floorOf(unit, asked.begin)
  const first = isBefore(startOf(floor), asked.begin) ? floor.add({ [unit]: 1 }) : floor
  const end = floorOf(unit, isBefore(summed, asked.end) ? summed : asked.end)
  if (Temporal.PlainDate.compare(first, end) >= 0) return spansAs(first, first, [asked])
  return spansAs(first, end, [
    { begin: asked.begin, end: startOf(first) },
    { begin: startOf(end), end: asked.end },
  ])
}

function spansAs(begin: Temporal.PlainDate, end: Temporal.PlainDate, rest: Span[]): Spans {
  return {
    whole: { begin: begin.toString(), end: end.toString() },
    rest: rest
      .filter((span) => isBefore(span.begin, span.end))
      .map((span) => ({ begin: span.begin.toString(), end: span.end.toString() })),
  }
}

/** The day or the month of an instant, as its first day. */
function floorOf(unit: Unit, instant: Temporal.Instant): Temporal.PlainDate {
  const day = instant.toZonedDateTimeISO('UTC').toPlainDate()
  return unit === 'days' ? day : day.with({ day: 1 })
}

function startOf(day: Temporal.PlainDate): Temporal.Instant {
  return day.toZonedDateTime('UTC').toInstant()
}

function isBefore(a: Temporal.Instant, b: Temporal.Instant): boolean {
  return Temporal.Instant.compare(a, b) < 0
}
