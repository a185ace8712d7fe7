import type { SubmissionStats } from '@jotc/core/api/jotc'
import sql, { empty, type Sql } from 'sql-template-tag'
import type { Query } from '../../database/database.ts'
import type { Source, Span } from './sources.ts'

const MAX_USERS = 10

/** Counts of submissions, each sorted by what they are counted by. */
export type Counts = Pick<SubmissionStats, 'days' | 'sizes'> & { totals: { total: number; submissions: number }[] }

/**
 * Counts a source by day, by size and by jumps. Its rows are counted by all three at once, which leaves far fewer: of
 * four million, of two thousand sizes and days, some ten thousand.
 */
export async function countByTime(query: Query, { rows, sums }: Source, timeZone: string, span: Span): Promise<Counts> {
  const kinds = sql`
    case when total is null then 0 else submissions end as solvable,
    case when total is null then submissions else 0 end as blocked`
  const days =
    sums?.quarters && sql`select ${dayIn(timeZone, span)} as day, solvable, blocked from (${sums.quarters}) as quarters`
  const [counts] = await query<Counts>(sql`
    with rows as materialized (
      select ${dayIn(timeZone, span)} as day, size, total, count(*) as submissions
      from (select created_at as moment, size, total from (${rows}) as rows) as rows
      group by 1, 2, 3
    ), days as (
      select day, sum(solvable) as solvable, sum(blocked) as blocked
      from (${unionOf(days)} select day, ${kinds} from rows) as days
      group by day having sum(solvable) + sum(blocked) > 0
    ), sizes as (
      select size, sum(solvable) as solvable, sum(blocked) as blocked
      from (${unionOf(sums?.sizes)} select size, ${kinds} from rows) as sizes
      group by size having sum(solvable) + sum(blocked) > 0
    ), totals as (
      select total, sum(submissions) as submissions
      from (${unionOf(sums?.totals)} select total, submissions from rows where total is not null) as totals
      group by total
    )
    select
      (select coalesce(json_agg(days order by day), '[]') from days) as days,
      (select coalesce(json_agg(sizes order by size), '[]') from sizes) as sizes,
      (select coalesce(json_agg(totals order by total), '[]') from totals) as totals`)
  return counts ?? { days: [], sizes: [], totals: [] }
}

/** Counts a source by account. */
export async function countByAccount(
  query: Query,
  { rows, sums }: Source,
): Promise<Pick<SubmissionStats, 'people' | 'users'>> {
  const [ranked] = await query<Pick<SubmissionStats, 'people' | 'users'>>(sql`
    with accounts as materialized (
      select user_id, sum(submissions) as submissions
      from (
        ${unionOf(sums?.accounts)}
        select user_id, count(*) as submissions from (${rows}) as rows group by user_id
      ) as accounts
      group by user_id having sum(submissions) > 0
    ), most as (
      select u.email, accounts.submissions
      from (select * from accounts order by submissions desc, user_id limit ${MAX_USERS}) as accounts
      join users u on u.id = user_id
    )
    select (select count(*) from accounts) as people,
      (select coalesce(json_agg(most order by submissions desc, email), '[]') from most) as users`)
  return ranked ?? { people: 0, users: [] }
}

function unionOf(sums: Sql | undefined): Sql {
  return sums ? sql`${sums} union all` : empty
}

/**
 * The day of a `moment` in a time zone, by the rules that filters go by: those of Temporal. The database may know the
 * zone by older rules, as another zone, or not at all, so it is told the offsets of the span.
 */
function dayIn(timeZone: string, { begin, end }: Span): Sql {
  let time = begin.toZonedDateTimeISO(timeZone)
  const changes: string[] = []
  const offsets = [offsetOf(time)]
  for (;;) {
    const next = time.getTimeZoneTransition('next')
    if (next === null || Temporal.Instant.compare(next.toInstant(), end) >= 0) break
    changes.push(effectOf(next).toInstant().toString())
    offsets.push(offsetOf(next))
    time = next
  }
  const offset = sql`(${offsets}::interval[])[width_bucket(moment, ${changes}::timestamptz[]) + 1]`
  return sql`((moment + ${offset}) at time zone 'UTC')::date`
}

/** When a clock change takes effect for days: where clocks go back over midnight, the day that has begun continues. */
function effectOf(change: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  const day = change.subtract({ milliseconds: 1 }).toPlainDate()
  if (Temporal.PlainDate.compare(day, change.toPlainDate()) <= 0) return change
  return day.toPlainDateTime().toZonedDateTime(change.timeZoneId, { disambiguation: 'later' })
}

function offsetOf(time: Temporal.ZonedDateTime): string {
  return `${time.offsetNanoseconds / 1e9} seconds`
}
