import { randomUUIDv7 } from 'node:crypto'
import type { Submission } from '@jotc/core/api/jotc'
import type { Board } from '@jotc/core/board'
import type { Solution } from '@jotc/core/solver'
import sql, { type Sql } from 'sql-template-tag'
import type { Database } from '../plugins/database.ts'
import { Unauthorized } from '../plugins/refusals.ts'
import { type Filter, matches } from './filter.ts'
import { after, type Order, orderBy, type Place } from './order.ts'

/** A submission as it is kept. What can be computed from the board is not. */
export type Row = { id: string; clouds: Board; size: number; total: number | null; createdAt: string; email: string }

/** Totals are counted up to here; an honest “more than that” costs the same however many there are. */
const COUNTED_UP_TO = 10_000

const COLUMNS: Sql = sql`s.id, s.clouds, s.size, s.total, s.created_at as "createdAt", u.email`

/** Writes and finds submissions. */
export function submissionRepository(database: Database) {
  return {
    /**
     * Records a solved board. Resolves once it is committed; what it sends may be sent twice.
     *
     * @throws {Unauthorized} when the account was erased since it was asked for
     */
    async record(userId: string, board: Board, { total }: Solution): Promise<{ id: string; createdAt: string }> {
      const id = randomUUIDv7()
      const statement = sql`
        with inserted as (
          insert into submissions (user_id, id, clouds, size, total)
          values (${userId}, ${id}, ${board}, ${board.length}, ${total})
          on conflict do nothing
          returning created_at
        )
        select created_at as "createdAt" from inserted
        union all
        select created_at from submissions where user_id = ${userId} and id = ${id}`
      const [row] = await database.query<{ createdAt: string }>(statement).catch(refuseErased)
      return { id, createdAt: (row as { createdAt: string }).createdAt }
    },

    /** Up to `size` submissions in `order`, from a place on (excluded) or a number of rows on. */
    async list(filter: Filter, order: Order, from: Place | number, size: number): Promise<Row[]> {
      const isPlace = typeof from === 'object'
      return await database.query<Row>(sql`
        select ${COLUMNS}
        from submissions s join users u on u.id = s.user_id
        where ${matches(filter)} and ${isPlace ? after(order, from) : sql`true`}
        order by ${orderBy(order)}
        limit ${size} offset ${isPlace ? 0 : from}`)
    },

    async count(filter: Filter): Promise<{ total: number; totalIsExact: boolean }> {
      const [row] = await database.query<{ counted: number }>(sql`
        select count(*) as counted from (
          select from submissions s join users u on u.id = s.user_id
          where ${matches(filter)} limit ${COUNTED_UP_TO + 1}
        ) as first_ones`)
      const counted = row?.counted ?? 0
      return { total: Math.min(counted, COUNTED_UP_TO), totalIsExact: counted <= COUNTED_UP_TO }
    },

    /** One submission; only this account's when `userId` is given. */
    async find(id: string, userId: string | undefined): Promise<Row | undefined> {
      const [row] = await database.query<Row>(sql`
        select ${COLUMNS}
        from submissions s join users u on u.id = s.user_id
        where s.id = ${id} and ${userId === undefined ? sql`true` : sql`s.user_id = ${userId}`}`)
      return row
    },
  }
}

/** A row as it stands in a list. */
export function submissionOf({ clouds, total, ...row }: Row): Submission {
  const solvable = total !== null
  return { ...row, clouds, solvable, total, blockedAt: solvable ? null : clouds.indexOf('11') }
}

const FOREIGN_KEY_VIOLATION = '23503'

function refuseErased(error: Error & { code?: string }): never {
  if (error.code === FOREIGN_KEY_VIOLATION) throw new Unauthorized('This account does not exist any more.')
  throw error
}
