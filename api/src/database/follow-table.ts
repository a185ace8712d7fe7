import type { FastifyBaseLogger } from 'fastify'
import sql, { type Sql } from 'sql-template-tag'
import type { Database } from './database.ts'

export type Follower = {
  /** Reads what is new. When it resolves, all that was committed before the call has been read. */
  look(): Promise<void>
  /** The look that has begun and not ended. */
  readonly running: Promise<void> | undefined
  stop(): void
}

type Log = Pick<FastifyBaseLogger, 'warn'>

const POLL_INTERVAL_MS = 350
/** The age of the oldest transaction there can be. */
const ANY_AGE = sql`2147483647`

/**
 * Looks at a table several times a second, to see each row soon after its commit, whoever writes it and however long
 * the transaction takes. There is nothing to announce and so nothing to lose.
 *
 * Transactions commit in another order than they begin and write in, so neither the time nor the id of a row tells
 * that it is new. `xmin` does: the transaction that wrote it had not ended at the look before. What a failed look
 * has not read, the next one reads.
 *
 * @param read reads the rows whose `age(xmin)` is at most `maxAge`: of the rows that are new since the last look none
 *   is left out, some may have been read before. At the first look, and the first at another server, that is the whole
 *   table
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

  async function lookOnce(): Promise<void> {
    const [now] = await query<{ horizon: string; server: string }>(sql`
      select pg_snapshot_xmin(pg_current_snapshot()) as horizon, pg_postmaster_start_time() as server`)
    // A standby that was promoted, or a server after a crash, gives ids of transactions that were lost to others.
    const isKnown = last !== undefined && last.server === now?.server && BigInt(last.horizon) <= BigInt(now.horizon)
    await read(isKnown ? sql`age(${last?.horizon}::xid8::xid)` : ANY_AGE)
    last = now
  }

  function look(): Promise<void> {
    if (running !== undefined) {
      // It may have begun too early to see everything.
      following ??= running
        .catch(() => {})
        .then(() => {
          following = undefined
          return look()
        })
      return following
    }
    running = lookOnce().finally(() => {
      running = undefined
    })
    return running
  }

  async function poll(): Promise<void> {
    if (isStopped) return
    try {
      await (running ?? look())
      isFailing = false
    } catch (error) {
      if (!isFailing && !isStopped) log.warn({ err: error, table }, 'table could not be read, will retry')
      isFailing = true
    }
    pollSoon()
  }

  function pollSoon(): void {
    setTimeout(poll, POLL_INTERVAL_MS).unref()
  }

  pollSoon()
  return {
    look,
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
 * Tells up to which time a table is settled: no row older than that can turn up any more, as long as rows have the
 * time at which they are written (`clock_timestamp()`).
 *
 * Whoever writes holds a lock on the table until the commit, whatever the text of the statement: another role, an ORM,
 * `COPY` and a prepared transaction are seen all the same, and through PgBouncer too. Locks are visible to every role,
 * the start of somebody else's transaction is not; so what counts is when the lock was first seen.
 *
 * A transaction that writes for more than 15 s is no longer waited for, which the log says.
 *
 * @returns asks for that time, in ISO 8601; to be called before the rows are read
 */
export function settledTime({ query }: Pick<Database, 'query'>, table: string, log: Log, maxWaitMs = MAX_WAIT_MS) {
  /** The transactions that write, each with a time at which it did not yet. */
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
