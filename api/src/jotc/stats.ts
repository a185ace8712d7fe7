import type { SubmissionStats } from '@jotc/core/api/jotc'
import sql from 'sql-template-tag'
import type { Database } from '../plugins/database.ts'
import { type Filter, matches } from './filter.ts'

/** Sums up the submissions of a filter, by day in its time zone. */
export async function statsOf(database: Database, filter: Filter): Promise<SubmissionStats> {
  const from = sql`from submissions s join users u on u.id = s.user_id where ${matches(filter)}`
  const [sums, days] = await Promise.all([
    database.query<Omit<SubmissionStats, 'days'>>(sql`
      select count(*) as submissions, count(distinct s.user_id) as people, count(s.total) as solvable,
        percentile_cont(0.5) within group (order by s.total) as "medianTotal", max(s.size) as longest
      ${from}`),
    database.query<SubmissionStats['days'][number]>(sql`
      select (s.created_at at time zone ${filter.timeZone})::date as day,
        count(s.total) as solvable, count(*) - count(s.total) as blocked
      ${from} group by day order by day`),
  ])
  return { ...(sums[0] as Omit<SubmissionStats, 'days'>), days }
}
