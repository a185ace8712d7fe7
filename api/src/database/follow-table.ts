import type { FastifyBaseLogger } from 'fastify'
import sql, { type Sql } from 'sql-template-tag'
import type { Database } from './database.ts'

export type Follower = {
  /** Reads new rows now. Once it resolves, everything committed before the call has been read. */
  poll(): Promise<void>
  /** The poll in progress. */
  readonly running: Promise<void> | undefined
  stop(): void
}

type Log = Pick<FastifyBaseLogger, 'warn'>

const POLL_INTERVAL_MS = 350
/** The largest age a transaction can have. */
const ANY_AGE = sql`2147483647`

/**
 * Polls a table several times a second, to see each row soon after its commit, whoever writes it and however long its
 * transaction takes. Unlike a notification, a poll cannot get lost.
 *
 * Transactions do not commit in the order in which they begin or write, so neither the time nor the id of a row tells
 * whether it is new. `xmin` does: the transaction that wrote a new row was not finished at the previous poll. Rows that
 * a failed poll missed are read by the next one.
 *
 * @param read reads the rows whose `age(xmin)` is at most `maxAge`: every row that is new since the last poll, perhaps
 *   some that were read before. At the first poll, and the first of another server, that is the whole table
 */
export function followTable(
  { query }: Pick<Database, 'query'>,
  table: string,
  read: (maxAge: Sql) => Promise<void>,
  log: Log,
): Follower {
  let last: { horizon: string; server: string } | undefined
  let running: Promise<void> | undefined
  let following: Promise<void> | undefined
  let isFailing = false
  let isStopped = false

  async function readNew(): Promise<void> {
    const [now] = await query<{ horizon: string; server: string }>(sql`
      select pg_snapshot_xmin(pg_current_snapshot()) as horizon, pg_postmaster_start_time() as server`)
    // A promoted standby, or a server after a crash, reuses the ids of lost transactions.
    const isKnown = last !== undefined && last.server === now?.server && BigInt(last.horizon) <= BigInt(now.horizon)
    await read(isKnown ? sql`age(${last?.horizon}::xid8::xid)` : ANY_AGE)
    last = now
  }

  function poll(): Promise<void> {
    if (running !== undefined) {
      // It may have begun too early to see everything.
      following ??= running
        .catch(() => {})
        .then(() => {
          following = undefined
          return poll()
        })
      return following
    }
    running = readNew().finally(() => {
      running = undefined
    })
    return running
  }

  async function pollAgain(): Promise<void> {
    if (isStopped) return
    try {
      await (running ?? poll())
      isFailing = false
    } catch (error) {
      if (!isFailing && !isStopped) log.warn({ err: error, table }, 'table could not be read, will retry')
      isFailing = true
    }
    pollSoon()
  }

  function pollSoon(): void {
    setTimeout(pollAgain, POLL_INTERVAL_MS).unref()
  }

  pollSoon()
  return {
    poll,
    get running() {
      return running
    },
    stop() {
      isStopped = true
    },
  }
}

/** Longer than any statement of the service may take. */
const MAX_WAIT_MS = 15_000

/**
 * Finds the time up to which a table is settled: no older row can appear any more, provided that rows carry the time at
 * which they are written (`clock_timestamp()`).
 *
 * Every writer holds a lock on the table until its commit: other roles, ORMs, `COPY`, prepared transactions, and clients
 * of PgBouncer too. Every role can see locks, but not when another role's transaction began, so what counts is when a
 * lock was first seen.
 *
 * A transaction that writes for more than 15 s is no longer waited for, and the log says so.
 *
 * @returns a function that resolves to that time, in ISO 8601; call it before reading the rows
 */
export function settledTime({ query }: Pick<Database, 'query'>, table: string, log: Log, maxWaitMs = MAX_WAIT_MS) {
  /** The writing transactions, each with a time before it began to write. */
  let writers = new Map<string, string>()
  let previous: string | undefined
  let wasOverdue = false

  return async (): Promise<string> => {
    const [state] = await query<{ now: string; ids: string[] }>(sql`
      select date_trunc('milliseconds', now()) as now, array(
        select distinct virtualtransaction from pg_locks
        where locktype = 'relation' and mode = 'RowExclusiveLock' and relation = ${table}::regclass
          and database = (select oid from pg_database where datname = current_database())
      ) as ids`)
    const { now, ids } = state as { now: string; ids: string[] }
    const before = previous ?? now
    previous = now
    writers = new Map(ids.map((id) => [id, writers.get(id) ?? before]))

    const earliest = new Date(Date.parse(now) - maxWaitMs).toISOString()
    const waitedFor = [...writers.values()].filter((time) => time >= earliest)
    const isOverdue = waitedFor.length < writers.size
    if (isOverdue && !wasOverdue)
      log.warn({ table, maxWaitMs }, 'a transaction writes for too long, not waiting for it')
    wasOverdue = isOverdue
    return waitedFor.sort().at(0) ?? now
  }
}
