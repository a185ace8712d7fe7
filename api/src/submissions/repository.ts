import type { Submission } from '@jotc/core/api/jotc'
import type { Board } from '@jotc/core/board'
import sql, { type Sql } from 'sql-template-tag'
import type { Database } from '../database/database.ts'
import { type Filter, sentBy } from './filter.ts'
import type { AccountScope } from './list/account-scope.ts'
import { type KeysetQuery, keysetQueries, type Order, type Position, sortAll } from './list/queries.ts'
import { findSelective } from './list/selectivity.ts'

/** A submission as it is stored: without what can be computed from the board. */
export type Row = {
  id: string
  clouds: Board
  size: number
  total: number | null
  playedJumps: number | null
  createdAt: string
  email: string
}

export const COLUMNS: Sql = sql`s.id, s.clouds, s.size, s.total, s.played_jumps as "playedJumps",
  s.created_at as "createdAt", u.email`

/** Finds submissions, and removes them. The recorder writes them. */
export function submissionRepository(database: Database) {
  return {
    /** Up to `limit` submissions in `order`. @param start the position, or the number of rows, after which they begin */
    async list(
      scope: AccountScope,
      filter: Filter,
      order: Order,
      start: Position | number,
      limit: number,
    ): Promise<Row[]> {
      const [after, offset] = typeof start === 'number' ? [undefined, start] : [start, 0]
      const rows: Row[] = []
      const selective = await findSelective(database, scope, filter, order)
      const queries = selective.all
        ? [sortAll(scope, filter, order, after)]
        : keysetQueries(scope, filter, order, after, selective)
      for (const query of queries) {
        rows.push(...(await run(query, limit - rows.length, offset)))
        if (rows.length === limit) break
      }
      return rows
    },

    /** One submission. @param userId only if this account sent it; undefined: whoever did */
    async find(id: string, userId: string | undefined): Promise<Row | undefined> {
      const [row] = await database.query<Row>(sql`
        select ${COLUMNS}
        from submissions s join users u on u.id = s.user_id
        where s.id = ${id} and ${sentBy(userId)}`)
      return row
    },

    /**
     * Removes one submission. Triggers keep the sums true (db/migrations/009).
     *
     * @param userId only if this account sent it; undefined: whoever did
     * @returns whose it was, or `undefined` if there is none
     */
    async remove(id: string, userId: string | undefined): Promise<string | undefined> {
      const [row] = await database.query<{ owner: string }>(sql`
        delete from submissions s where s.id = ${id} and ${sentBy(userId)} returning s.user_id as owner`)
      return row?.owner
    },
  }

  async function run(query: KeysetQuery, limit: number, offset: number): Promise<Row[]> {
    let rows: Row[] = []
    for (const keys of query({ limit, offset })) {
      rows = await rowsOf(keys)
      if (rows.length === limit) break
    }
    return rows
  }

  /** The rows of these keys, in their order. No others are read from the table. */
  async function rowsOf(keys: Sql): Promise<Row[]> {
    return await database.query<Row>(sql`
      with keys as materialized (select id, row_number() over () as place from (${keys}) as keys)
      select ${COLUMNS}
      from keys
      join submissions s on s.id = keys.id
      join users u on u.id = s.user_id
      order by keys.place`)
  }
}

/** A row as it is listed. */
export function submissionOf({ clouds, total, ...row }: Row): Submission {
  const solvable = total !== null
  return { ...row, clouds, solvable, total, blockedAt: solvable ? null : clouds.indexOf('11') }
}
