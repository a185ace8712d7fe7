import type { SortKey } from '@jotc/core/api/jotc'
import { LONGEST_RECORDED_BOARD } from '@jotc/core/board'
import sql, { type Sql } from 'sql-template-tag'

/** The order of a list. Rows of one value stand by time, then by id: every row has one place. */
export type Order = { sortBy: SortKey; sort: 'asc' | 'desc' }

/** The place of a row in an order: its value there (null: a blocked board's jumps), its time and its id. */
export type Place = { value: string | number | null; createdAt: string; id: string }

/** What blocked boards have for jumps where rows are compared: more than any other, so that they stand last. */
const BLOCKED = LONGEST_RECORDED_BOARD

/** The jumps by which rows are sorted and told solvable; db/migrations/007 indexes this very expression. */
const JUMPS = sql`coalesce(s.total, 10000)`

/** The condition that a row of `submissions s` is solvable, or blocked. */
export function isSolvable(solvable: boolean): Sql {
  return solvable ? sql`${JUMPS} < 10000` : sql`${JUMPS} = 10000`
}

/** An email is the account's. */
const KEYS: Record<SortKey, Sql | undefined> = {
  createdAt: undefined,
  email: undefined,
  size: sql`s.size`,
  total: JUMPS,
}

/** The value by which rows of `submissions s` are sorted before their time; null: by time alone. */
export function keyOf({ sortBy }: Order): Sql {
  return KEYS[sortBy] ?? sql`null`
}

/** The order of the rows of `submissions s`, as an index has it. */
export function orderBy({ sortBy, sort }: Order): Sql {
  return orderOf(sort, KEYS[sortBy])
}

/** The same of rows `s` that have that value as `key`. */
export function orderByKey({ sortBy, sort }: Order): Sql {
  return orderOf(sort, KEYS[sortBy] && sql`s.key`)
}

function orderOf(sort: Order['sort'], key: Sql | undefined): Sql {
  if (sort === 'asc') return key ? sql`${key}, s.created_at, s.id` : sql`s.created_at, s.id`
  return key ? sql`${key} desc, s.created_at desc, s.id desc` : sql`s.created_at desc, s.id desc`
}

/** The condition that a row stands after a moment, in the order of time and id. */
export function afterMoment(sort: Order['sort'], { createdAt, id }: { createdAt: string; id: string }): Sql {
  return sort === 'asc'
    ? sql`(s.created_at, s.id) > (${createdAt}, ${id})`
    : sql`(s.created_at, s.id) < (${createdAt}, ${id})`
}

/**
 * The rows of `submissions s` after a place, as conditions to be read one after the other: what is left of the rows
 * of its value, then those of the values that follow. An index answers each in order; it could not answer their “or”.
 */
export function runsAfter({ sortBy, sort }: Order, place: Place | undefined): Sql[] {
  const key = KEYS[sortBy]
  if (place === undefined) return [sql`true`]
  const rest = afterMoment(sort, place)
  if (key === undefined) return [rest]
  const value = place.value ?? BLOCKED
  return [sql`${key} = ${value} and ${rest}`, sort === 'asc' ? sql`${key} > ${value}` : sql`${key} < ${value}`]
}

/** Where a submission stands in the order. */
export function placeOf(
  { sortBy }: Order,
  submission: Record<SortKey, string | number | null> & { createdAt: string; id: string },
): Place {
  return { value: submission[sortBy], createdAt: submission.createdAt, id: submission.id }
}
