import type { SubmissionStats } from '@jotc/core/api/jotc'
import sql, { empty, type Sql } from 'sql-template-tag'
import type { Database } from '../../database/database.ts'
import type { Source } from './sources.ts'

const MOST_USERS = 10

/** Counts of submissions, each sorted by what they are counted by. */
export type Counted = Pick<SubmissionStats, 'days' | 'sizes'> & { totals: { total: number; submissions: number }[] }

/** Counts a source by day, by size and by jumps. */
export async function countsOf(database: Database, { rows, sums }: Source, timeZone: string): Promise<Counted> {
  const [counted] = await database.query<Counted>(sql`
    with rows as materialized (${rows}), days as (
      select (moment at time zone ${timeZone})::date as day, sum(solvable) as solvable, sum(blocked) as blocked
      from (
        ${unionOf(sums?.quarters)}
        select created_at as moment, (total is not null)::integer as solvable, (total is null)::integer as blocked
        from rows
      ) as moments
      group by day having sum(solvable) + sum(blocked) > 0
    ), sizes as (
      select size, sum(solvable) as solvable, sum(blocked) as blocked
      from (
        ${unionOf(sums?.sizes)}
        select size, (total is not null)::integer as solvable, (total is null)::integer as blocked from rows
      ) as sizes
      group by size having sum(solvable) + sum(blocked) > 0
    ), totals as (
      select total, sum(submissions) as submissions
      from (${unionOf(sums?.totals)} select total, 1 as submissions from rows where total is not null) as totals
      group by total
    )
    select
      (select coalesce(json_agg(days order by day), '[]') from days) as days,
      (select coalesce(json_agg(sizes order by size), '[]') from sizes) as sizes,
      (select coalesce(json_agg(totals order by total), '[]') from totals) as totals`)
  return counted ?? { days: [], sizes: [], totals: [] }
}

/** Counts a source by account. */
export async function accountsOf(
  database: Database,
  { rows, sums }: Source,
): Promise<Pick<SubmissionStats, 'people' | 'users'>> {
  const [ranked] = await database.query<Pick<SubmissionStats, 'people' | 'users'>>(sql`
    with accounts as materialized (
      select user_id, sum(submissions) as submissions
      from (
        ${unionOf(sums?.accounts)}
        select user_id, count(*) as submissions from (${rows}) as rows group by user_id
      ) as accounts
      group by user_id having sum(submissions) > 0
    ), most as (
      select u.email, accounts.submissions
      from (select * from accounts order by submissions desc, user_id limit ${MOST_USERS}) as accounts
      join users u on u.id = user_id
    )
    select (select count(*) from accounts) as people,
      (select coalesce(json_agg(most order by submissions desc, email), '[]') from most) as users`)
  return ranked ?? { people: 0, users: [] }
}

function unionOf(sums: Sql | undefined): Sql {
  return sums ? sql`${sums} union all` : empty
}
