import type { SortKey, Submission } from '@jotc/core/api/jotc'
import sql, { type Sql } from 'sql-template-tag'

/** The order of a list. It always ends with the id, so every row has one place. */
export type Order = { sortBy: SortKey; sort: 'asc' | 'desc' }

/** The place of a row in an order: its value there (null: a blocked board's jumps) and its id. */
export type Place = { value: string | number | null; id: string }

const COLUMNS: Record<SortKey, Sql> = {
  createdAt: sql`s.created_at`,
  email: sql`u.email`,
  size: sql`s.size`,
  total: sql`s.total`,
}

/** Null stands last when ascending and first when descending, as PostgreSQL's indexes have it: exact reverses. */
export function orderBy({ sortBy, sort }: Order): Sql {
  const column = COLUMNS[sortBy]
  return sort === 'asc' ? sql`${column} asc, s.id asc` : sql`${column} desc, s.id desc`
}

/** The condition that a row comes after `place` in the order. */
export function after({ sortBy, sort }: Order, { value, id }: Place): Sql {
  const column = COLUMNS[sortBy]
  if (sort === 'asc') {
    if (value === null) return sql`(${column} is null and s.id > ${id})`
    const later = sql`(${column}, s.id) > (${value}, ${id})`
    return sortBy === 'total' ? sql`(${later} or ${column} is null)` : later
  }
  if (value === null) return sql`(${column} is not null or s.id < ${id})`
  return sql`(${column}, s.id) < (${value}, ${id})`
}

/** Where a submission stands in the order. */
export function placeOf({ sortBy }: Order, submission: Submission): Place {
  return { value: submission[sortBy], id: submission.id }
}
