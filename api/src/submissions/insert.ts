import type { Board } from '@jotc/core/board'
import sql from 'sql-template-tag'
import { accountErased } from '../auth/accounts.ts'
import type { Database } from '../database/database.ts'
import { HttpError } from '../http/errors.ts'

/** A solved board to record. Its `id` makes it safe to send twice. */
export type Entry = {
  userId: string
  id: string
  board: Board
  total: number | null
  /** Jumps of the person who played it; null where nobody did. */
  playedJumps: number | null
}

/** When an entry was recorded, or why it was not. */
export type Outcome = { createdAt: string } | { error: Error }

type Stored = { id: string; userId: string; clouds: Board; playedJumps: number | null; createdAt: string }

/**
 * Writes a group in one statement and one commit. A row that the database rejects fails alone: the group is halved and
 * written again until only rejected rows are left.
 *
 * @returns an outcome for each entry, in their order
 */
export async function writeGroup(database: Pick<Database, 'query'>, entries: readonly Entry[]): Promise<Outcome[]> {
  try {
    return await store(database, entries)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    if (!concernsOneRow(error)) return entries.map(() => ({ error }))
    if (entries.length === 1) return [{ error: errorOf(error) }]
    const middle = entries.length >> 1
    const first = await writeGroup(database, entries.slice(0, middle))
    return [...first, ...(await writeGroup(database, entries.slice(middle)))]
  }
}

async function store(database: Pick<Database, 'query'>, entries: readonly Entry[]): Promise<Outcome[]> {
  // Every statement has one order, so two with the same ids wait for each other and never deadlock.
  const sent = entries.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const inserted = await database.query<{ id: string; createdAt: string }>(
    sql`
    insert into submissions (user_id, id, clouds, size, total, played_jumps)
    select user_id, id, clouds, char_length(clouds), total, played_jumps
    from unnest(
      ${arrayOf(sent, ({ userId }) => userId)}::uuid[], ${arrayOf(sent, ({ id }) => id)}::uuid[],
      ${arrayOf(sent, ({ board }) => board)}::text[], ${arrayOf(sent, ({ total }) => total)}::integer[],
      ${arrayOf(sent, ({ playedJumps }) => playedJumps)}::smallint[]
    ) as sent (user_id, id, clouds, total, played_jumps)
    on conflict do nothing
    returning id, created_at as "createdAt"`,
    'record',
  )
  if (inserted.length < entries.length) return await find(database, entries)
  const times = new Map(inserted.map(({ id, createdAt }) => [id, createdAt]))
  return entries.map(({ id }) => ({ createdAt: times.get(id) as string }))
}

/** A PostgreSQL array literal of values that need no quotes: numbers, UUIDs and boards. */
function arrayOf(entries: readonly Entry[], value: (entry: Entry) => string | number | null): string {
  let values = ''
  for (const entry of entries) values += `,${value(entry) ?? 'null'}`
  return `{${values.slice(1)}}`
}

/**
 * The outcomes of entries of which some existed already: from an earlier request with the same key, from another entry
 * of the group, or from this very one before its connection was lost. It is a second statement, because the first one's
 * snapshot cannot see the rows it waited for. It writes a message into the WAL, so that its commit waits for a
 * synchronous standby: a row may be visible before the standby has it, when its connection was cut during that wait.
 */
async function find(database: Pick<Database, 'query'>, entries: readonly Entry[]): Promise<Outcome[]> {
  const rows = await database.query<Stored>(sql`
    select id, user_id as "userId", clouds, played_jumps as "playedJumps", created_at as "createdAt"
    from pg_logical_emit_message(true, 'jotc', ''), submissions where id = any(${arrayOf(entries, ({ id }) => id)}::uuid[])`)
  const stored = new Map(rows.map((row) => [row.id, row]))
  return entries.map((entry) => outcomeOf(entry, stored.get(entry.id)))
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

/** SQLSTATE classes 22 (value) and 23 (constraint) concern one row; everything else the whole statement. */
function concernsOneRow(error: Error & { code?: unknown }): boolean {
  return typeof error.code === 'string' && /^2[23]...$/.test(error.code)
}

const FOREIGN_KEY_VIOLATION = '23503'

function errorOf(error: Error & { code?: string }): Error {
  return error.code === FOREIGN_KEY_VIOLATION ? accountErased() : error
}
