import sql, { empty, type Sql } from 'sql-template-tag'
import { type Filter, hasPart, narrows } from './filter.ts'
import { afterMoment, type Order, orderBy, type Place, runsAfter } from './order.ts'
import type { Whose } from './whose.ts'

/** How many rows are wanted, after how many that are passed over. */
export type Extent = { size: number; offset: number }

/** Makes a statement that gives `user_id, id, email` of rows in order. */
export type Run = (extent: Extent) => Sql

/**
 * The statements that give the keys of a filter's rows in order, from a place on: to be run one after the other until
 * there are enough. Each is answered from indexes in their order and reads no board; list-plans.test.ts looks at how.
 */
export function runsOf(whose: Whose, filter: Filter, order: Order, place: Place | undefined): Run[] {
  const single = whose.who === 'few' && whose.userIds.length === 1
  if (order.sortBy === 'email' && !single) return byEmail(whose, filter, order, place)
  return runsAfter(order, place).map((run) => {
    const rows = sql`${narrows(filter)} and ${run}`
    if (whose.who === 'everybody') return (extent) => straight(rows, order, extent)
    if (whose.who === 'many') return (extent) => passingOver(whose.email, rows, order, extent)
    if (single) return (extent) => straight(sql`s.user_id = ${whose.userIds[0]} and ${rows}`, order, extent)
    return (extent) => merged(whose.userIds, rows, order, extent)
  })
}

/** In the order of one index. */
function straight(rows: Sql, order: Order, { size, offset }: Extent): Sql {
  return sql`
    select s.user_id, s.id from submissions s
    where ${rows} order by ${orderBy(order)} limit ${size} offset ${offset}`
}

/** In the order of one index, passing over the accounts that have not this part; many have it. */
function passingOver(email: string, rows: Sql, order: Order, { size, offset }: Extent): Sql {
  return sql`
    select s.user_id, s.id from submissions s
    cross join lateral (select from users u where u.id = s.user_id and ${hasPart(email)} limit 1) u
    where ${rows} order by ${orderBy(order)} limit ${size} offset ${offset}`
}

/** The first ones of each account, put in order: FEW times a page at most, whatever the accounts hold. */
function merged(userIds: string[], rows: Sql, order: Order, { size, offset }: Extent): Sql {
  return sql`
    select s.user_id, s.id from unnest(${userIds}::uuid[]) as account (id)
    cross join lateral (
      select s.* from submissions s
      where s.user_id = account.id and ${rows} order by ${orderBy(order)} limit ${size + offset}
    ) s
    order by ${orderBy(order)} limit ${size} offset ${offset}`
}

/** Account by account in the order of their addresses, first what the place leaves of its own. */
function byEmail(whose: Whose, filter: Filter, order: Order, place: Place | undefined): Run[] {
  const { sort } = order
  const direction = sort === 'asc' ? empty : sql`desc`
  const run =
    (accounts: Sql, rows: Sql): Run =>
    ({ size, offset }) =>
      sql`
      select s.user_id, s.id
      from users u
      cross join lateral (
        select s.user_id, s.id, s.created_at from submissions s
        where s.user_id = u.id and ${narrows(filter)} and ${rows} order by ${orderBy(order)} limit ${size + offset}
      ) s
      where ${accountsOf(whose)} and ${accounts}
      order by u.email ${direction}, ${orderBy(order)} limit ${size} offset ${offset}`

  if (place === undefined) return [run(sql`true`, sql`true`)]
  const others = sort === 'asc' ? sql`u.email > ${place.value}` : sql`u.email < ${place.value}`
  return [run(sql`u.email = ${place.value}`, afterMoment(sort, place)), run(others, sql`true`)]
}

/**
 * All of a short span of time, sorted by their accounts' addresses: asking account after account whether it sent
 * anything then would ask very many in vain.
 */
export function sortedByEmail(whose: Whose, filter: Filter, { sort }: Order, place: Place | undefined): Run {
  const [direction, beyond] = sort === 'asc' ? [empty, sql`>`] : [sql`desc`, sql`<`]
  const later = place
    ? sql`(u.email, s.created_at, s.id) ${beyond} (${place.value}, ${place.createdAt}, ${place.id})`
    : sql`true`
  return ({ size, offset }) => sql`
    select s.user_id, s.id
    from (select s.user_id, s.id, s.created_at from submissions s where ${narrows(filter)} offset 0) s
    join users u on u.id = s.user_id
    where ${accountsOf(whose)} and ${later}
    order by u.email ${direction}, s.created_at ${direction}, s.id ${direction} limit ${size} offset ${offset}`
}

function accountsOf(whose: Whose): Sql {
  if (whose.who === 'everybody') return sql`true`
  return whose.who === 'many' ? hasPart(whose.email) : sql`u.id = any(${whose.userIds}::uuid[])`
}
