import type { Board } from '@jotc/core/board'
import sql from 'sql-template-tag'
import type { Database } from '../database/database.ts'
import { HttpError } from '../http/errors.ts'

/** A solved board to be kept. `id` makes it safe to send twice. */
export type Entry = {
  userId: string
  id: string
  board: Board
  total: number | null
  /** Of the person who played it; null where nobody did. */
  playedJumps: number | null
}

/** What became of an entry: when it was recorded, or why it was not. */
export type Outcome = { createdAt: string } | { error: Error }

type Stored = { id: string; userId: string; clouds: Board; playedJumps: number | null; createdAt: string }

/**
 * Writes a group in one statement, one commit. What of it the database refuses fails alone: the group is
 * halved and written again until only the refused rows are left.
 *
 * @returns an outcome for each entry, in their order
 */
export async function writeGroup(database: Pick<Database, 'query'>, entries: readonly Entry[]): Promise<Outcome[]> {
  try {
    const rows = await store(database, entries)
    return entries.map((entry) => outcomeOf(entry, rows.get(entry.id)))
  } catch (error) {
    if (!(error instanceof Error)) throw error
    if (!concernsOneRow(error)) return entries.map(() => ({ error }))
    if (entries.length === 1) return [{ error: errorOf(error) }]
    const middle = entries.length >> 1
    const first = await writeGroup(database, entries.slice(0, middle))
    return [...first, ...(await writeGroup(database, entries.slice(middle)))]
  }
}

/** The rows as the database holds them now, by id: inserted, or there already. */
async function store(database: Pick<Database, 'query'>, entries: readonly Entry[]): Promise<Map<string, Stored>> {
  const distinct = new Map(entries.map((entry) => [entry.id, entry]))
  // In one order in every statement: two that meet in the same ids wait for one another, and never in a circle.
  const sent = [...distinct.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  const inserted = await database.query<{ id: string; createdAt: string }>(sql`
    insert into submissions (user_id, id, clouds, size, total, played_jumps)
    select user_id, id, clouds, char_length(clouds), total, played_jumps
    from unnest(
      ${sent.map((entry) => entry.userId)}::uuid[], ${sent.map((entry) => entry.id)}::uuid[],
      ${sent.map((entry) => entry.board)}::text[], ${sent.map((entry) => entry.total)}::integer[],
      ${sent.map((entry) => entry.playedJumps)}::smallint[]
    ) as sent (user_id, id, clouds, total, played_jumps)
    on conflict do nothing
    returning id, created_at as "createdAt"`)
  const rows = new Map<string, Stored>()
  for (const { id, createdAt } of inserted) {
    const { userId, board, playedJumps } = distinct.get(id) as Entry
    rows.set(id, { id, userId, clouds: board, playedJumps, createdAt })
    distinct.delete(id)
  }
  if (distinct.size === 0) return rows
  for (const row of await find(database, [...distinct.keys()])) rows.set(row.id, row)
  return rows
}

/**
 * Rows that were there already: sent by an earlier request with the same key, or by this one before its connection
 * was lost. A statement of its own, as the first one's snapshot cannot see what it waited for.
 */
async function find(database: Pick<Database, 'query'>, ids: string[]): Promise<Stored[]> {
  return await database.query<Stored>(sql`
    select id, user_id as "userId", clouds, played_jumps as "playedJumps", created_at as "createdAt"
    from submissions where id = any(${ids}::uuid[])`)
}

function outcomeOf({ userId, board, playedJumps }: Entry, row: Stored | undefined): Outcome {
  if (!row) {
    const detail = 'This submission was removed in the meantime. Try again.'
    return { error: new HttpError('submission-removed', detail) }
  }
  if (row.userId !== userId || row.clouds !== board || row.playedJumps !== playedJumps) {
    const detail = 'This Idempotency-Key belongs to another submission. Use a new one.'
    return { error: new HttpError('idempotency-key-reused', detail) }
  }
  return { createdAt: row.createdAt }
}

/** SQLSTATE classes 22 (a value) and 23 (a constraint) are about a row; everything else about the whole statement. */
function concernsOneRow(error: Error & { code?: unknown }): boolean {
  return typeof error.code === 'string' && /^2[23]...$/.test(error.code)
}

const FOREIGN_KEY_VIOLATION = '23503'

function errorOf(error: Error & { code?: string }): Error {
  if (error.code === FOREIGN_KEY_VIOLATION) return new HttpError('account-erased', 'This account no longer exists.')
  return error
}
