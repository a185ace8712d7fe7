import sql from 'sql-template-tag'
import type { Database } from '../plugins/database.ts'
import type { Filter } from './filter.ts'

/** Which part of a filter's time is summed up already, and which must be read row by row. */
export type Spans = {
  /** Dates (UTC), the last one excluded; the same twice where nothing is summed up. */
  whole: { begin: string; end: string }
  /** Days or months in `whole` whose sums are out of date. */
  without: string[]
  /** Instants, the last one excluded. */
  rest: { begin: string; end: string }[]
}

/** Before and after every instant of a submission. */
const [FIRST, LAST] = [Temporal.Instant.from('1900-01-01T00:00Z'), Temporal.Instant.from('3000-01-01T00:00Z')]

/** How the time of a filter is made up of summed days, and how of summed months. */
export async function spansOf(database: Database, { begin, end }: Filter): Promise<[days: Spans, months: Spans]> {
  const [row] = await database.query<{ until: string; changed: string[] }>(sql`
    select until, (select coalesce(json_agg(distinct day), '[]') from submission_days_changed) as changed
    from submission_sums`)
  if (!row) throw new Error('submission_sums has lost its row')
  const within = { begin: begin ? Temporal.Instant.from(begin) : FIRST, end: end ? Temporal.Instant.from(end) : LAST }
  const until = Temporal.PlainDate.from(row.until)
  const changed = row.changed.map((day) => Temporal.PlainDate.from(day))
  return [spans('days', within, until, changed), spans('months', within, until, changed)]
}

type Unit = 'days' | 'months'
type Within = { begin: Temporal.Instant; end: Temporal.Instant }

function spans(unit: Unit, within: Within, until: Temporal.PlainDate, changed: Temporal.PlainDate[]): Spans {
  const summed = instantOf(until)
  const first = floor(unit, within.begin)
  const begin = isBefore(instantOf(first), within.begin) ? next(unit, first) : first
  const end = floor(unit, isBefore(summed, within.end) ? summed : within.end)
  if (Temporal.PlainDate.compare(begin, end) >= 0) {
    return { whole: { begin: text(begin), end: text(begin) }, without: [], rest: [spanOf(within.begin, within.end)] }
  }
  const without = new Map(changed.map((day) => floorDay(unit, day)).map((start) => [text(start), start]))
  for (const [key, start] of without) {
    const isInside = Temporal.PlainDate.compare(start, begin) >= 0 && Temporal.PlainDate.compare(start, end) < 0
    if (!isInside) without.delete(key)
  }
  const rest = [
    spanOf(within.begin, instantOf(begin)),
    spanOf(instantOf(end), within.end),
    ...without.values().map((start) => spanOf(instantOf(start), instantOf(next(unit, start)))),
  ]
  return {
    whole: { begin: text(begin), end: text(end) },
    without: [...without.keys()],
    rest: rest.filter((span) => span.begin !== span.end),
  }
}

function floor(unit: Unit, instant: Temporal.Instant): Temporal.PlainDate {
  return floorDay(unit, instant.toZonedDateTimeISO('UTC').toPlainDate())
}

function floorDay(unit: Unit, day: Temporal.PlainDate): Temporal.PlainDate {
  return unit === 'days' ? day : day.with({ day: 1 })
}

function next(unit: Unit, start: Temporal.PlainDate): Temporal.PlainDate {
  return start.add({ [unit]: 1 })
}

function instantOf(day: Temporal.PlainDate): Temporal.Instant {
  return day.toZonedDateTime('UTC').toInstant()
}

function isBefore(a: Temporal.Instant, b: Temporal.Instant): boolean {
  return Temporal.Instant.compare(a, b) < 0
}

function text(day: Temporal.PlainDate): string {
  return day.toString()
}

function spanOf(begin: Temporal.Instant, end: Temporal.Instant) {
  return { begin: begin.toString(), end: end.toString() }
}
