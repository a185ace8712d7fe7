import { hash, randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import sql, { type Sql } from 'sql-template-tag'
import { lruCache } from '../lru-cache.ts'

const SECRET_BYTES = 32
const MAX_CACHED = 20_000
/** How long a worker may miss another one's use of a row. */
const CACHE_TTL_MS = 30_000
/** How often a use is written. */
const WRITE_INTERVAL_S = 60

/** 43 characters of base64url. */
export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url')
}

/** What the database stores of a secret. A plain hash does: nobody can guess 256 random bits. */
export function hashOf(secret: string): Buffer {
  return hash('sha256', secret, 'buffer')
}

/** `usedAtMs` is in milliseconds since 1970, at most a minute behind. */
type SecretRow = { id: string; usedAtMs: number }

/**
 * Finds the row of a secret, in this worker's memory or in the database, and writes `used_at` at most once a minute for
 * all workers. The caller asks `revocations.has` whether the row was deleted.
 *
 * @param table has the columns `id`, `hash` and `used_at`
 * @param read returns the row of a hash, or throws
 * @param check throws if the row has expired
 * @returns a function from a secret to its row, without a promise where this worker knows it
 */
export function secretLookup<Row extends SecretRow>(
  { database, reportError }: FastifyInstance,
  table: 'sessions' | 'api_tokens',
  read: (hash: Buffer) => Promise<Row>,
  check: (row: Row, nowMs: number) => void,
): (secret: string) => Row | Promise<Row> {
  const name = TABLES[table]
  // Concurrent requests share one statement.
  const cache = lruCache<string, Row>(MAX_CACHED, {
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
    // A failed write does not fail the request.
    await database.query(statement).catch((error: unknown) => reportError(error, { work: `writing a use of ${table}` }))
    return row
  }

  return (secret) => {
    const known = cache.get(secret)
    return known ? used(known) : cache.forceFetch(secret).then(used)
  }
}

const TABLES: Record<string, Sql> = { sessions: sql`sessions`, api_tokens: sql`api_tokens` }
