import sql, { type Sql } from 'sql-template-tag'
import type { Database } from '../../database/database.ts'
import { type Conditions, emailContains, matches } from '../filter.ts'
import { orderBy } from './order.ts'
import { type Owners, ownerIds, type SomeOwners } from './owners.ts'

/** Totals are exact up to here; larger ones are estimated, at the same cost however many there are. */
export const COUNTED_UP_TO = 10_000
/** Of an email part that very many accounts have, the share is looked up in so many of the newest rows. */
const LOOKED_AT = 1_000
/** Everybody's rows that are read sooner than each account is asked for its own. */
const READ_AT_ONCE = 100_000
/** A share of so few rows is not known well: less than this may be fewer than `COUNTED_UP_TO`, so it is counted. */
const SURELY_MANY = 20_000

export type Count = { total: number; totalIsExact: boolean }

const EVERYBODY: Owners = { kind: 'everybody' }

/** How many submissions a filter has. */
export async function countOf(database: Database, owners: Owners, filter: Conditions): Promise<Count> {
  if (owners.kind === 'many') return await countOfMany(database, owners, filter)
  const counted = await countUpTo(database, owners, filter, COUNTED_UP_TO + 1)
  return counted <= COUNTED_UP_TO ? exact(counted) : estimated(await estimateOf(database, owners, filter))
}

async function countOfMany(
  database: Database,
  owners: SomeOwners & { kind: 'many' },
  filter: Conditions,
): Promise<Count> {
  const everybodys = await estimateOf(database, EVERYBODY, filter)
  if (everybodys <= READ_AT_ONCE) {
    const counted = await countRows(database, among(owners, filter))
    if (counted <= COUNTED_UP_TO) return exact(counted)
  }
  const estimate = everybodys * (await shareOf(database, owners.email, filter))
  if (everybodys > READ_AT_ONCE && estimate < SURELY_MANY) {
    const counted = await countUpTo(database, owners, filter, COUNTED_UP_TO + 1)
    if (counted <= COUNTED_UP_TO) return exact(counted)
  }
  return estimated(estimate)
}

/** How many there are, or `most` where there are more. */
export async function countUpTo(database: Database, owners: Owners, filter: Conditions, most: number): Promise<number> {
  return await countRows(database, newest(owners, filter, most))
}

async function countRows(database: Database, rows: Sql): Promise<number> {
  const [row] = await database.query<{ counted: number }>(sql`select count(*) as counted from (${rows}) as counted`)
  return row?.counted ?? 0
}

/** The rows of these owners, looked for among all that meet the conditions, where those are not very many. */
function among(owners: SomeOwners, filter: Conditions): Sql {
  return sql`
    select from submissions s where ${matches(filter)} and s.user_id in (${ownerIds(owners)}) limit ${COUNTED_UP_TO + 1}`
}

/** The share of the newest rows that is of accounts which have this part in their address. */
async function shareOf(database: Database, email: string, filter: Conditions): Promise<number> {
  const [row] = await database.query<{ share: number | null }>(sql`
    select avg((${emailContains(email)})::integer)::float8 as share
    from (${newest(EVERYBODY, filter, LOOKED_AT)}) as newest
    cross join lateral (select u.email from users u where u.id = newest.user_id limit 1) u`)
  return row?.share ?? 0
}

/** Rows in the order of an index that has all that is asked for: an unordered limit would read the table. */
function newest(owners: Owners, filter: Conditions, most: number): Sql {
  const order = orderBy({ sortBy: filter.solvable === undefined ? 'createdAt' : 'total', sort: 'desc' })
  const first = (mine: Sql) =>
    sql`select s.user_id from submissions s where ${mine} and ${matches(filter)} order by ${order} limit ${most}`
  if (owners.kind === 'everybody') return first(sql`true`)
  if (owners.kind === 'few' && owners.userIds.length === 1) return first(sql`s.user_id = ${owners.userIds[0]}`)
  return sql`
    select s.user_id from (${ownerIds(owners)}) as account
    cross join lateral (${first(sql`s.user_id = account.id`)}) s limit ${most}`
}

/** What the planner expects, from the statistics that the database keeps; it reads no row. */
async function estimateOf(database: Database, owners: Owners, filter: Conditions): Promise<number> {
  const mine = owners.kind === 'few' ? sql`s.user_id = any(${owners.userIds}::uuid[])` : sql`true`
  const [row] = await database.query<Record<'QUERY PLAN', [{ Plan: { 'Plan Rows': number } }]>>(
    sql`explain (format json) select from submissions s where ${mine} and ${matches(filter)}`,
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
