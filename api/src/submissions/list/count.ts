import type { SortKey } from '@jotc/core/api/jotc'
import sql, { type Sql } from 'sql-template-tag'
import type { Database } from '../../database/database.ts'
import { type Conditions, emailContains, matches } from '../filter.ts'
import { type AccountScope, accountIds, type EmailScope } from './account-scope.ts'
import { allRows, firstRows, type Order, orderBy } from './queries.ts'

/** Totals are exact up to here. Larger ones are estimated, at a constant cost. */
export const MAX_COUNTED = 10_000
/** How many of the newest rows the share of a common email part is estimated from. */
const SHARE_SAMPLE_SIZE = 1_000
/** Up to this many of everybody's rows, reading them is faster than asking each account. */
const MAX_READ = 100_000
/** The sample is small: a lower estimate may really be below `MAX_COUNTED`, so those rows are counted. */
const MIN_RELIABLE_ESTIMATE = 20_000

export type Count = { total: number; totalIsExact: boolean }

const EVERYBODY: AccountScope = { kind: 'everybody' }

/** How many submissions match a filter. */
export async function countMatches(database: Database, scope: AccountScope, filter: Conditions): Promise<Count> {
  if (scope.kind === 'email') return await countByEmail(database, scope, filter)
  const counted = await countUpTo(database, scope, filter, MAX_COUNTED + 1)
  return counted <= MAX_COUNTED ? exact(counted) : estimated(await estimate(database, scope, filter))
}

async function countByEmail(database: Database, scope: EmailScope, filter: Conditions): Promise<Count> {
  const everybodysRows = await estimate(database, EVERYBODY, filter)
  if (everybodysRows <= MAX_READ) {
    const counted = await countRows(database, rowsByEmail(scope, filter))
    if (counted <= MAX_COUNTED) return exact(counted)
  }
  const rows = everybodysRows * (await shareOf(database, scope, filter))
  if (everybodysRows > MAX_READ && rows < MIN_RELIABLE_ESTIMATE) {
    const counted = await countUpTo(database, scope, filter, MAX_COUNTED + 1)
    if (counted <= MAX_COUNTED) return exact(counted)
  }
  return estimated(rows)
}

/** How many rows match, at most `most`. */
export async function countUpTo(
  database: Database,
  scope: AccountScope,
  filter: Conditions,
  most: number,
): Promise<number> {
  return await countRows(database, newestRows(scope, filter, most))
}

async function countRows(database: Database, rows: Sql): Promise<number> {
  const [row] = await database.query<{ counted: number }>(sql`select count(*) as counted from (${rows}) as counted`)
  return row?.counted ?? 0
}

/** The rows of these accounts, found among everybody's that meet the conditions. */
function rowsByEmail(scope: EmailScope, filter: Conditions): Sql {
  return sql`
    select from (${allRows(sql`s.user_id`, filter)}) s
    where s.user_id in (${accountIds(scope)}) limit ${MAX_COUNTED + 1}`
}

/** The share of these accounts among the newest rows. */
async function shareOf(database: Database, { part }: EmailScope, filter: Conditions): Promise<number> {
  const [row] = await database.query<{ share: number | null }>(sql`
    select avg((${emailContains(part)})::integer)::float8 as share
    from (${newestRows(EVERYBODY, filter, SHARE_SAMPLE_SIZE)}) as newest
    cross join lateral (select u.email from users u where u.id = newest.user_id limit 1) u`)
  return row?.share ?? 0
}

const NEWEST: Order = { sortBy: 'createdAt', sort: 'desc' }

/** Rows in the order of a covering index: without an order, the planner would read the table up to the limit. */
function newestRows(scope: AccountScope, filter: Conditions, most: number): Sql {
  if (scope.kind === 'everybody') {
    const order: Order = { sortBy: narrowestOrder(filter), sort: 'desc' }
    return sql`select s.user_id from (${firstRows(order, matches(filter), filter, most)}) s limit ${most}`
  }
  const first = (own: Sql) => sql`
    select s.user_id from submissions s where ${own} and ${matches(filter)} order by ${orderBy(NEWEST)} limit ${most}`
  if (scope.kind === 'accounts' && scope.userIds.length === 1) return first(sql`s.user_id = ${scope.userIds[0]}`)
  return sql`
    select s.user_id from (${accountIds(scope)}) as account
    cross join lateral (${first(sql`s.user_id = account.id`)}) s limit ${most}`
}

/** The order whose index has the rows of a filter closest together. */
function narrowestOrder({ solvable, size }: Conditions): SortKey {
  if (size) return 'size'
  return solvable === undefined ? 'createdAt' : 'total'
}

/** The planner's estimate. It reads no row. */
async function estimate(database: Database, scope: AccountScope, filter: Conditions): Promise<number> {
  if (filter.size && filter.total) {
    // The planner takes the two for independent. Each was narrowed to the other's range, so either alone is close.
    const alone = [
      { ...filter, size: undefined },
      { ...filter, total: undefined },
    ]
    return Math.min(...(await Promise.all(alone.map((conditions) => estimate(database, scope, conditions)))))
  }
  const own = scope.kind === 'accounts' ? sql`s.user_id = any(${scope.userIds}::uuid[])` : sql`true`
  const [row] = await database.query<Record<'QUERY PLAN', [{ Plan: { 'Plan Rows': number } }]>>(
    sql`explain (format json) select from submissions s where ${own} and ${matches(filter)}`,
  )
  return row?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0
}

function exact(total: number): Count {
  return { total, totalIsExact: true }
}

/** Rounded to two digits: more would pretend a precision that estimates lack. */
function estimated(rows: number): Count {
  return { total: Math.max(MAX_COUNTED, Number(rows.toPrecision(2))), totalIsExact: false }
}
