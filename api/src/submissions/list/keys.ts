import sql, { empty, type Sql } from 'sql-template-tag'
import { emailContains, type Filter, matches } from '../filter.ts'
import { afterMoment, keyOf, type Order, orderBy, orderByKey, type Place, runsAfter } from './order.ts'
import { type Owners, ownerIds, type SomeOwners } from './owners.ts'

/** How many rows are wanted, after how many that are passed over. */
export type Extent = { size: number; offset: number }

/**
 * Makes statements that give `user_id, id` of rows in order. The first one's answer holds if it is as long as was
 * asked for; else the next one's does, which takes longer.
 */
export type Run = (extent: Extent) => Sql[]

/**
 * The statements that give the keys of a filter's rows in order, from a place on: to be run one after the other until
 * there are enough. Each is answered from indexes in their order and reads no board; list-plans.test.ts looks at how.
 */
export function runsOf(owners: Owners, filter: Filter, asked: Order, place: Place | undefined): Run[] {
  const order = simplest(asked, filter)
  const single = owners.kind === 'few' && owners.userIds.length === 1
  if (order.sortBy === 'email' && !single) return byEmail(owners, filter, order, place)
  return runsAfter(order, place).map((run) => {
    const rows = sql`${matches(filter)} and ${run}`
    if (single) {
      const mine = inOrder(order, sql`s.user_id = ${owners.userIds[0]} and ${rows}`)
      return (extent) => [straight(mine, order, extent)]
    }
    if (owners.kind === 'few') return (extent) => [merged(owners, rows, order, extent)]
    const first = (count: number) => firstOf(order, rows, filter, count)
    if (owners.kind === 'everybody') return (extent) => [straight(first(extent.size + extent.offset), order, extent)]
    return (extent) => [
      // So many rows that the page is likely among them.
      passingOver(owners.email, first(10_000 + 20 * (extent.size + extent.offset)), order, extent),
      merged(owners, rows, order, extent),
    ]
  })
}

/** Blocked boards are all alike in their jumps: told so, the planner sees that an index has them in order. */
function simplest({ sortBy, sort }: Order, { solvable }: Filter): Order {
  return { sort, sortBy: sortBy === 'total' && solvable === false ? 'createdAt' : sortBy }
}

/** Gives rows that an index has in order. */
export function inOrder(order: Order, rows: Sql): Sql {
  return sql`select s.user_id, s.id, s.created_at, ${keyOf(order)} as key from submissions s where ${rows}`
}

/**
 * The first of everybody's rows. By size, solvable and blocked boards have an index each: of some sizes nearly all are
 * blocked, of others none, and who asks for one kind would pass over all of the other.
 */
function firstOf(order: Order, rows: Sql, { solvable }: Filter, count: number): Sql {
  const first = (all: Sql) => sql`(${inOrder(order, all)} order by ${orderBy(order)} limit ${count})`
  if (order.sortBy !== 'size') return first(rows)
  const [those, others] = [first(sql`s.total is not null and ${rows}`), first(sql`s.total is null and ${rows}`)]
  if (solvable !== undefined) return solvable ? those : others
  return sql`${those} union all ${others}`
}

function straight(rows: Sql, order: Order, { size, offset }: Extent): Sql {
  return sql`select s.user_id, s.id from (${rows}) s order by ${orderByKey(order)} limit ${size} offset ${offset}`
}

/** Of these rows those of accounts whose address has this part, which many have. */
export function passingOver(email: string, rows: Sql, order: Order, { size, offset }: Extent): Sql {
  return sql`
    select s.user_id, s.id from (${rows}) s
    cross join lateral (select from users u where u.id = s.user_id and ${emailContains(email)} limit 1) u
    order by ${orderByKey(order)} limit ${size} offset ${offset}`
}

/** The first ones of each account, put in order: a page of each at most, whatever the accounts hold. */
export function merged(owners: SomeOwners, rows: Sql, order: Order, { size, offset }: Extent): Sql {
  return sql`
    select s.user_id, s.id from (${ownerIds(owners)}) as account
    cross join lateral (
      select s.* from submissions s
      where s.user_id = account.id and ${rows} order by ${orderBy(order)} limit ${size + offset}
    ) s
    order by ${orderBy(order)} limit ${size} offset ${offset}`
}

/** Account by account in the order of their addresses, first what the place leaves of its own. */
function byEmail(owners: Owners, filter: Filter, order: Order, place: Place | undefined): Run[] {
  const { sort } = order
  const direction = sort === 'asc' ? empty : sql`desc`
  const run =
    (accounts: Sql, rows: Sql): Run =>
    ({ size, offset }) => [
      sql`
      select s.user_id, s.id
      from users u
      cross join lateral (
        select s.user_id, s.id, s.created_at from submissions s
        where s.user_id = u.id and ${matches(filter)} and ${rows} order by ${orderBy(order)} limit ${size + offset}
      ) s
      where ${accountsOf(owners)} and ${accounts}
      order by u.email ${direction}, ${orderBy(order)} limit ${size} offset ${offset}`,
    ]

  if (place === undefined) return [run(sql`true`, sql`true`)]
  const others = sort === 'asc' ? sql`u.email > ${place.value}` : sql`u.email < ${place.value}`
  return [run(sql`u.email = ${place.value}`, afterMoment(sort, place)), run(others, sql`true`)]
}

/**
 * All of a short span of time, sorted by their accounts' addresses: asking account after account whether it sent
 * anything then would ask very many in vain.
 */
export function sortedByEmail(owners: Owners, filter: Filter, { sort }: Order, place: Place | undefined): Run {
  const [direction, beyond] = sort === 'asc' ? [empty, sql`>`] : [sql`desc`, sql`<`]
  const later = place
    ? sql`(u.email, s.created_at, s.id) ${beyond} (${place.value}, ${place.createdAt}, ${place.id})`
    : sql`true`
  return ({ size, offset }) => [
    sql`
    select s.user_id, s.id
    from (select s.user_id, s.id, s.created_at from submissions s where ${matches(filter)} offset 0) s
    join users u on u.id = s.user_id
    where ${accountsOf(owners)} and ${later}
    order by u.email ${direction}, s.created_at ${direction}, s.id ${direction} limit ${size} offset ${offset}`,
  ]
}

function accountsOf(owners: Owners): Sql {
  if (owners.kind === 'everybody') return sql`true`
  return owners.kind === 'many' ? emailContains(owners.email) : sql`u.id = any(${owners.userIds}::uuid[])`
}
