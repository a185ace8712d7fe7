import type { SortKey } from '@jotc/core/api/jotc'
import { LONGEST_RECORDED_BOARD } from '@jotc/core/board'
import sql, { empty, type Sql } from 'sql-template-tag'
import { type Conditions, emailContains, type Filter, inRange, JUMPS, matches, sizesOf, totalsOf } from '../filter.ts'
import { type AccountScope, accountIds, type SomeAccounts } from './account-scope.ts'
import type { Selective } from './selectivity.ts'

/** The order of a list. Equal values are ordered by time, then by id, so every row has one position. */
export type Order = { sortBy: SortKey; sort: 'asc' | 'desc' }

/** The position of a row in an order: its sort value (null: the jumps of a blocked board), its time and its id. */
export type Position = { value: string | number | null; createdAt: string; id: string }

export type Page = { limit: number; offset: number }

/** Creates statements that select the `id` of rows in order. Try them in turn; use the first that fills the page. */
export type KeysetQuery = (page: Page) => Sql[]

/** The jumps of blocked boards, for sorting: above all others. */
const BLOCKED = LONGEST_RECORDED_BOARD

/** The sort columns before time and id. The email is a column of `users`. */
const SORT_COLUMNS: Record<SortKey, Sql | undefined> = {
  createdAt: undefined,
  email: undefined,
  size: sql`s.size`,
  total: JUMPS,
}

/**
 * The queries for the keys of a filter's rows in order, after a position. Run them in turn until there are enough rows.
 * An index returns each one's rows in order, without reading boards; plans.test.ts checks their plans.
 */
export function keysetQueries(
  scope: AccountScope,
  filter: Filter,
  asked: Order,
  after: Position | undefined,
  selective: Selective,
): KeysetQuery[] {
  const order = simplify(asked, filter)
  const isOneAccount = scope.kind === 'accounts' && scope.userIds.length === 1
  if (order.sortBy === 'email' && !isOneAccount) return accountByAccount(scope, filter, order, after)
  const column = SORT_COLUMNS[order.sortBy]
  if (isOneAccount && column) {
    const condition = sql`${matches(filter)} and ${afterInOrder(column, order.sort, after)}`
    return [(page) => [sortRows(scope, condition, order, page)]]
  }
  return rangesAfter(order, after).map((range) => {
    const condition = sql`${matches(filter)} and ${range}`
    if (isOneAccount) {
      const own = orderedRows(order, sql`s.user_id = ${scope.userIds[0]} and ${condition}`)
      return (page) => [indexScan(own, order, page)]
    }
    const first = (count: number) => firstRows(order, condition, filter, count, selective)
    if (scope.kind === 'everybody') return (page) => [indexScan(first(page.limit + page.offset), order, page)]
    if (scope.kind === 'accounts' && !column) return (page) => [mergePerAccount(scope, condition, order, page)]
    if (scope.kind === 'accounts' && (filter.size ?? filter.total))
      return (page) => [sortRows(scope, condition, order, page)]
    return (page) => [
      // Enough rows to probably contain the page.
      scanAndSkip(scope, first(10_000 + 20 * (page.limit + page.offset)), order, page),
      column ? sortRows(scope, condition, order, page) : mergePerAccount(scope, condition, order, page),
    ]
  })
}

/** Blocked boards all have equal jumps. Stating the order by time alone lets the planner use an index. */
function simplify({ sortBy, sort }: Order, { solvable }: Filter): Order {
  return { sort, sortBy: sortBy === 'total' && solvable === false ? 'createdAt' : sortBy }
}

/**
 * The rows after a position, as conditions to query in turn: the rest of the same sort value, then the values beyond. An
 * index returns each in order, but not their “or”.
 */
function rangesAfter({ sortBy, sort }: Order, after: Position | undefined): Sql[] {
  const column = SORT_COLUMNS[sortBy]
  if (after === undefined) return [sql`true`]
  const rest = afterTime(sort, after)
  if (column === undefined) return [rest]
  const value = after.value ?? BLOCKED
  return [sql`${column} = ${value} and ${rest}`, sort === 'asc' ? sql`${column} > ${value}` : sql`${column} < ${value}`]
}

/** The same as a single condition, for rows that are sorted after reading. */
function afterInOrder(column: Sql | undefined, sort: Order['sort'], after: Position | undefined): Sql {
  if (after === undefined) return sql`true`
  if (column === undefined) return afterTime(sort, after)
  const beyond = sort === 'asc' ? sql`>` : sql`<`
  return sql`(${column}, s.created_at, s.id) ${beyond} (${after.value ?? BLOCKED}, ${after.createdAt}, ${after.id})`
}

/** The condition that a row of `submissions s` comes after this time and id. */
export function afterTime(sort: Order['sort'], { createdAt, id }: { createdAt: string; id: string }): Sql {
  return sort === 'asc'
    ? sql`(s.created_at, s.id) > (${createdAt}, ${id})`
    : sql`(s.created_at, s.id) < (${createdAt}, ${id})`
}

/** The order of rows of `submissions s`, in the columns of its index. */
export function orderBy({ sortBy, sort }: Order): Sql {
  return orderOf(sort, SORT_COLUMNS[sortBy])
}

/** The same order for the columns of `orderedRows`. */
function orderByKey({ sortBy, sort }: Order): Sql {
  return orderOf(sort, SORT_COLUMNS[sortBy] && sql`s.key`)
}

function orderOf(sort: Order['sort'], column: Sql | undefined): Sql {
  if (sort === 'asc') return column ? sql`${column}, s.created_at, s.id` : sql`s.created_at, s.id`
  return column ? sql`${column} desc, s.created_at desc, s.id desc` : sql`s.created_at desc, s.id desc`
}

/** Rows with the columns that sorting needs, all of them in an index. */
export function orderedRows(order: Order, condition: Sql): Sql {
  const key = SORT_COLUMNS[order.sortBy] ?? sql`null`
  return sql`select s.user_id, s.id, s.created_at, ${key} as key from submissions s where ${condition}`
}

/**
 * The first of everybody's rows. By size, solvable and blocked boards have an index each, because nearly all boards of
 * some sizes are blocked and none of others: one index would make a query skip the other kind. By jumps, the solvable
 * boards of a range of sizes are close together, apart from the blocked ones.
 */
export function firstRows(order: Order, condition: Sql, filter: Conditions, count: number, selective?: Selective): Sql {
  const rowsOf = (kind: Sql) => orderedRows(order, sql`${kind} and ${condition}`)
  const ordered = (kind: Sql) => sql`(${rowsOf(kind)} order by ${orderBy(order)} limit ${count})`
  const sorted = (kind: Sql) =>
    sql`(select * from (${rowsOf(kind)} offset 0) s order by ${orderByKey(order)} limit ${count})`
  const { solvable, size } = filter
  if (order.sortBy === 'size') return ofKinds(solvable, ordered(solvedOf(filter)), ordered(blockedOf(filter)))
  if (order.sortBy !== 'total' || !size) return ordered(sql`true`)
  return ofKinds(
    solvable,
    selective?.solved ? sorted(solvedOf(filter)) : ordered(inRange(JUMPS, totalsOf(size))),
    selective?.blocked ? sorted(blockedOf(filter)) : ordered(sql`${JUMPS} = ${BLOCKED}`),
  )
}

/** All rows of a filter, unordered. */
export function allRows(columns: Sql, filter: Conditions): Sql {
  const rowsOf = (kind: Sql) => sql`select ${columns} from submissions s where ${kind} and ${matches(filter)}`
  if (!filter.size) return rowsOf(sql`true`)
  return ofKinds(filter.solvable, rowsOf(solvedOf(filter)), rowsOf(blockedOf(filter)))
}

/** The condition for solvable boards, unless `matches` has it already: a repeated one lowers the planner's estimate. */
function solvedOf({ solvable, size, total }: Conditions): Sql {
  if (total) return sql`s.total is not null and ${inRange(sql`s.size`, sizesOf(total))}`
  return size && solvable ? sql`true` : sql`s.total is not null`
}

/** The same for blocked boards. */
function blockedOf({ solvable, size }: Conditions): Sql {
  return size && solvable === false ? sql`true` : sql`s.total is null`
}

function ofKinds(solvable: boolean | undefined, solved: Sql, blocked: Sql): Sql {
  if (solvable === undefined) return sql`${solved} union all ${blocked}`
  return solvable ? solved : blocked
}

export function indexScan(rows: Sql, order: Order, { limit, offset }: Page): Sql {
  return sql`select s.id from (${rows}) s order by ${orderByKey(order)} limit ${limit} offset ${offset}`
}

/** Reads `rows` in order and skips those of other accounts. */
export function scanAndSkip(scope: SomeAccounts, rows: Sql, order: Order, { limit, offset }: Page): Sql {
  const owner =
    scope.kind === 'accounts'
      ? sql`join unnest(${scope.userIds}::uuid[]) as u (id) on u.id = s.user_id`
      : sql`cross join lateral (select from users u where u.id = s.user_id and ${emailContains(scope.part)} limit 1) u`
  return sql`
    select s.id from (${rows}) s
    ${owner}
    order by ${orderByKey(order)} limit ${limit} offset ${offset}`
}

/** Reads the first page of each account and merges them in order. */
export function mergePerAccount(scope: SomeAccounts, condition: Sql, order: Order, { limit, offset }: Page): Sql {
  return sql`
    select s.id from (${accountIds(scope)}) as account
    cross join lateral (
      select s.* from submissions s
      where s.user_id = account.id and ${condition} order by ${orderBy(order)} limit ${limit + offset}
    ) s
    order by ${orderBy(order)} limit ${limit} offset ${offset}`
}

/**
 * All rows of these accounts, sorted: no index has an account's rows by size or jumps. “offset 0” keeps the planner from
 * scanning everybody's index of the order for them.
 */
function sortRows(scope: SomeAccounts, condition: Sql, order: Order, { limit, offset }: Page): Sql {
  return sql`
    select s.id from (${accountIds(scope)}) as account
    cross join lateral (${orderedRows(order, sql`s.user_id = account.id and ${condition}`)} offset 0) s
    order by ${orderByKey(order)} limit ${limit} offset ${offset}`
}

/** By email: account by account in the order of addresses, beginning with the rest of the account at the position. */
function accountByAccount(
  scope: AccountScope,
  filter: Filter,
  order: Order,
  after: Position | undefined,
): KeysetQuery[] {
  const { sort } = order
  const direction = sort === 'asc' ? empty : sql`desc`
  const query =
    (accounts: Sql, rows: Sql): KeysetQuery =>
    ({ limit, offset }) => [
      sql`
      select s.id
      from users u
      cross join lateral (
        select s.id, s.created_at from submissions s
        where s.user_id = u.id and ${matches(filter)} and ${rows} order by ${orderBy(order)} limit ${limit + offset}
      ) s
      where ${isInScope(scope)} and ${accounts}
      order by u.email ${direction}, ${orderBy(order)} limit ${limit} offset ${offset}`,
    ]

  if (after === undefined) return [query(sql`true`, sql`true`)]
  const others = sort === 'asc' ? sql`u.email > ${after.value}` : sql`u.email < ${after.value}`
  return [query(sql`u.email = ${after.value}`, afterTime(sort, after)), query(others, sql`true`)]
}

/** All rows of a selective filter, sorted. */
export function sortAll(scope: AccountScope, filter: Filter, order: Order, after: Position | undefined): KeysetQuery {
  const { sort, sortBy } = order
  const column = SORT_COLUMNS[sortBy]
  const key = sortBy === 'email' ? sql`u.email` : column && sql`s.key`
  const all = allRows(sql`s.user_id, s.id, s.created_at, ${column ?? sql`null`} as key`, filter)
  const isOwned = scope.kind !== 'everybody' || sortBy === 'email'
  return ({ limit, offset }) => [
    sql`
    select s.id
    from (select * from (${all}) s offset 0) s ${isOwned ? sql`join users u on u.id = s.user_id` : empty}
    where ${isInScope(scope)} and ${afterInOrder(key, sort, after)}
    order by ${orderOf(sort, key)} limit ${limit} offset ${offset}`,
  ]
}

function isInScope(scope: AccountScope): Sql {
  if (scope.kind === 'everybody') return sql`true`
  return scope.kind === 'email' ? emailContains(scope.part) : sql`u.id = any(${scope.userIds}::uuid[])`
}
