import { hash, randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import sql, { type Sql } from 'sql-template-tag'
import { cacheOf } from '../cache.ts'

const SECRET_BYTES = 32
const MAX_CACHED = 20_000
/** So long a worker may not see that another one has used a row. */
const CACHE_TTL_MS = 30_000
/** How often the use of a row is written. */
const WRITE_INTERVAL_S = 60

/** 43 characters of base64url: nobody guesses it. */
export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url')
}

/** What the database has of a secret, which is too long for its hash to be turned back. */
export function hashOf(secret: string): Buffer {
  return hash('sha256', secret, 'buffer')
}

/** `usedAtMs` is in milliseconds since 1970, and at most a minute behind. */
type Held = { id: string; usedAtMs: number }

/**
 * Who holds the secret of a row is signed in: finds the row in this worker's memory or in the database, and writes
 * `used_at` at most once a minute, whatever the number of workers. A row that is deleted counts no more within a
 * second (`revocations.has`).
 *
 * @param table of rows with `id`, `hash` and `used_at`
 * @param read gives the row of a hash, or throws
 * @param check throws where the row has ended by itself
 * @returns at once where this worker knows the row
 */
export function holders<Row extends Held>(
  { database, reportError }: FastifyInstance,
  table: 'sessions' | 'api_tokens',
  read: (hash: Buffer) => Promise<Row>,
  check: (row: Row, nowMs: number) => void,
): (secret: string) => Row | Promise<Row> {
  const name = TABLES[table]
  // Many requests at once share one statement.
  const cache = cacheOf<string, Row>(MAX_CACHED, {
    ttl: CACHE_TTL_MS,
    fetchMethod: (secret) => read(hashOf(secret)),
  })

  function used(row: Row): Row | Promise<Row> {
    const now = Date.now()
    check(row, now)
    return now - row.usedAtMs < WRITE_INTERVAL_S * 1000 ? row : write(row, now)
  }

  async function write(row: Row, now: number): Promise<Row> {
    row.usedAtMs = now
    const statement = sql`
      update ${name} set used_at = date_trunc('milliseconds', clock_timestamp())
      where id = ${row.id} and (used_at is null or used_at < clock_timestamp() - make_interval(secs => ${WRITE_INTERVAL_S}))`
    // Where it cannot be written, who asks is served all the same.
    await database.query(statement).catch((error: unknown) => reportError(error, { work: `writing a use of ${table}` }))
    return row
  }

  return (secret) => {
    const known = cache.get(secret)
    return known ? used(known) : cache.forceFetch(secret).then(used)
  }
}

const TABLES: Record<string, Sql> = { sessions: sql`sessions`, api_tokens: sql`api_tokens` }
