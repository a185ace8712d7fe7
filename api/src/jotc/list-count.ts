import sql, { type Sql } from 'sql-template-tag'
import type { Database } from '../plugins/database.ts'
import { type Filter, hasPart, narrows } from './filter.ts'
import { orderBy } from './order.ts'
import type { Whose } from './whose.ts'

/** Totals are exact up to here; larger ones are estimated, at the same cost however many there are. */
export const COUNTED_UP_TO = 10_000
/** Of an email part that very many accounts have, the share is looked up in so many of the newest rows. */
const LOOKED_AT = 2_000

export type Count = { total: number; totalIsExact: boolean }
type Span = Pick<Filter, 'begin' | 'end' | 'solvable'>

const EVERYBODY: Whose = { who: 'everybody' }

/** How many submissions a filter has. */
export async function countOf(database: Database, whose: Whose, filter: Span): Promise<Count> {
  const mine = whose.who === 'many' ? EVERYBODY : whose
  const counted = await countUpTo(database, mine, filter, COUNTED_UP_TO + 1)
  const isCounted = counted <= COUNTED_UP_TO
  if (whose.who !== 'many') return isCounted ? exact(counted) : estimated(await estimateOf(database, mine, filter))
  if (isCounted) return exact((await shareOf(database, whose.email, filter, COUNTED_UP_TO)).having)
  const { seen, having } = await shareOf(database, whose.email, filter, LOOKED_AT)
  return estimated((await estimateOf(database, mine, filter)) * (having / seen))
}

/** How many there are, or `most` where there are more. */
export async function countUpTo(database: Database, whose: Whose, filter: Span, most: number): Promise<number> {
  const [row] = await database.query<{ counted: number }>(
    sql`select count(*) as counted from (${newest(whose, filter, most)}) as newest`,
  )
  return row?.counted ?? 0
}

/** How many of the newest rows are of accounts that have this part in their address. */
async function shareOf(database: Database, email: string, filter: Span, most: number) {
  const [row] = await database.query<{ seen: number; having: number }>(sql`
    select count(*) as seen, count(*) filter (where ${hasPart(email)}) as having
    from (${newest(EVERYBODY, filter, most)}) as newest join users u on u.id = newest.user_id`)
  return row ?? { seen: 1, having: 0 }
}

/** Rows in the order of an index that has all that is asked for: an unordered limit would read the table. */
function newest(whose: Whose, filter: Span, most: number): Sql {
  const order = orderBy({ sortBy: filter.solvable === undefined ? 'createdAt' : 'total', sort: 'desc' })
  const first = (mine: Sql) =>
    sql`select s.user_id from submissions s where ${mine} and ${narrows(filter)} order by ${order} limit ${most}`
  if (whose.who !== 'few') return first(sql`true`)
  if (whose.userIds.length === 1) return first(sql`s.user_id = ${whose.userIds[0]}`)
  return sql`
    select s.user_id from unnest(${whose.userIds}::uuid[]) as account (id)
    cross join lateral (${first(sql`s.user_id = account.id`)}) s limit ${most}`
}

/** What the planner expects, from the statistics that the database keeps; it reads no row. */
async function estimateOf(database: Database, whose: Whose, filter: Span): Promise<number> {
  const mine = whose.who === 'few' ? sql`s.user_id = any(${whose.userIds}::uuid[])` : sql`true`
  const [row] = await database.query<Record<'QUERY PLAN', [{ Plan: { 'Plan Rows': number } }]>>(
    sql`explain (format json) select from submissions s where ${mine} and ${narrows(filter)}`,
  )
  return row?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0
}

function exact(total: number): Count {
  return { total, totalIsExact: true }
}

/** To two digits: more would promise what nobody counted. */
function estimated(rows: number): Count {
  return { total: Math.max(COUNTED_UP_TO, Number(rows.toPrecision(2))), totalIsExact: false }
}
