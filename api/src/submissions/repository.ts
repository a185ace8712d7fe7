import type { Submission } from '@jotc/core/api/jotc'
import type { Board } from '@jotc/core/board'
import sql, { type Sql } from 'sql-template-tag'
import type { Database } from '../database/database.ts'
import { type Filter, sentBy } from './filter.ts'
import { countUpTo } from './list/count.ts'
import { type Extent, type Run, runsOf, sortedByEmail } from './list/keys.ts'
import type { Order, Place } from './list/order.ts'
import type { Owners } from './list/owners.ts'

/** A submission as it is kept. What can be computed from the board is not. */
export type Row = { id: string; clouds: Board; size: number; total: number | null; createdAt: string; email: string }

export const COLUMNS: Sql = sql`s.id, s.clouds, s.size, s.total, s.created_at as "createdAt", u.email`

/** Sorted all at once rather than found in order. */
const SORTED_UP_TO = 5_000

/** Finds submissions. The recorder writes them. */
export function submissionRepository(database: Database) {
  return {
    /** Up to `size` submissions in `order`, from a place on (excluded) or a number of rows on. */
    async list(owners: Owners, filter: Filter, order: Order, from: Place | number, size: number): Promise<Row[]> {
      const [place, offset] = typeof from === 'number' ? [undefined, from] : [from, 0]
      const rows: Row[] = []
      const runs = (await isShortSpan(owners, filter, order))
        ? [sortedByEmail(owners, filter, order, place)]
        : runsOf(owners, filter, order, place)
      for (const run of runs) {
        rows.push(...(await rowsOf(run, { size: size - rows.length, offset })))
        if (rows.length === size) break
      }
      return rows
    },

    /** One submission; only this account's when `userId` is given. */
    async find(id: string, userId: string | undefined): Promise<Row | undefined> {
      const [row] = await database.query<Row>(sql`
        select ${COLUMNS}
        from submissions s join users u on u.id = s.user_id
        where s.id = ${id} and ${sentBy(userId)}`)
      return row
    },
  }

  /** Whether it is quickest to read all of the time that is asked for, and sort it by email. */
  async function isShortSpan(owners: Owners, { begin, end }: Filter, { sortBy }: Order): Promise<boolean> {
    if (sortBy !== 'email' || owners.kind === 'few' || (begin ?? end) === undefined) return false
    return (await countUpTo(database, { kind: 'everybody' }, { begin, end }, SORTED_UP_TO + 1)) <= SORTED_UP_TO
  }

  async function rowsOf(run: Run, extent: Extent): Promise<Row[]> {
    let rows: Row[] = []
    for (const keys of run(extent)) {
      rows = await rowsAt(keys)
      if (rows.length === extent.size) break
    }
    return rows
  }

  /** The rows of these keys, in their order. Only these are read from the table. */
  async function rowsAt(keys: Sql): Promise<Row[]> {
    return await database.query<Row>(sql`
      with keys as materialized (select user_id, id, row_number() over () as place from (${keys}) as keys)
      select ${COLUMNS}
      from keys
      join submissions s on s.user_id = keys.user_id and s.id = keys.id
      join users u on u.id = s.user_id
      order by keys.place`)
  }
}

/** A row as it stands in a list. */
export function submissionOf({ clouds, total, ...row }: Row): Submission {
  const solvable = total !== null
  return { ...row, clouds, solvable, total, blockedAt: solvable ? null : clouds.indexOf('11') }
}
