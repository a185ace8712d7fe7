import { ExponentialBackoff, halfJitterGenerator, handleWhen, retry } from 'cockatiel'
import fp from 'fastify-plugin'
import type { Sql } from 'sql-template-tag'
import { HttpError } from '../http/errors.ts'
import { isConnectTimeout, isTooSlow, isTransient, toHttpError } from './errors.ts'
import { openPool, type Pool, type Use } from './pool.ts'
import { type Replica, watchReplica } from './replica.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** For what must be quick and see the latest commits: recording, signing in, readiness. */
    database: Database
    /** The same server, for what may take seconds: lists, statistics and exports of one account. */
    readDatabase: Database
    /**
     * For everybody's lists, statistics and exports: the replica while it serves, slightly behind; else `readDatabase`.
     * Routes use `request.readDatabase()` instead, which lets people read their writes (auth/read-routing.ts).
     */
    reportDatabase: Database
    replica: Pick<Replica, 'isUp' | 'serves'> | undefined
  }
}

/**
 * Runs one statement and returns its rows. The row type is not checked: the statement must name its columns to fit.
 *
 * @param name prepares a frequent statement under this name: each connection parses and plans it once
 */
export type Query = <Row>(statement: Sql, name?: string) => Promise<Row[]>

/** The rows of a text column, concatenated in chunks of UTF-8, and the last row (empty if there is none). */
export type Lines = { chunks: Buffer[]; bytes: number; rows: number; last: string }

export type Database = {
  query: Query
  /** The same for many rows of one text column, joined as they arrive: an object for each would cost more than the row. */
  queryLines(statement: Sql): Promise<Lines>
  /** Runs `work` in one transaction. `work` must use the `query` that it gets. */
  transaction<Result>(work: (query: Query) => Promise<Result>): Promise<Result>
}

const MAX_RETRIES = 3
/** No retries later than this: the client is waiting. */
const RETRY_FOR_MS = 4_000

type Options = {
  url: string
  poolSize: number
  readPoolSize: number
  /** The replica's. */
  readUrl: string | undefined
  lagLimitS: number
}

/**
 * PostgreSQL, as `api.database`, `api.readDatabase` and `api.reportDatabase`: each has its own connections, so slow
 * reads keep nobody from saving a board.
 *
 * Promises (database.test.ts, replica.test.ts):
 * - A statement or transaction that fails for a transient reason (connection lost, server starting) is retried, so it
 *   must be safe to run twice; in the end it is rejected with `database-unavailable`.
 * - If no connection is free for 3 s, it is rejected with `overloaded`; if the server is out of disk space or memory,
 *   with `out-of-storage`.
 * - Statements end after 10 s, also behind PgBouncer in transaction mode, and when the server is silent.
 * - A lost connection is replaced and never ends the process. A failed statement or transaction costs no connection. If
 *   the server becomes read-only, all are replaced, because its name may lead to a new primary by now.
 * - A statement that fails on the replica runs on the primary at once, except one that took too long or found no
 *   connection on a replica that serves: it would overload the primary too.
 */
export const database = fp<Options>(
  async (api, { url, poolSize, readUrl, readPoolSize, lagLimitS }) => {
    const { metrics } = api
    const retries = metrics.counter('jotc_database_retries_total', 'Statements retried after a transient error.', [])
    const help = 'Statements given up because the database could not be reached.'
    const unavailable = metrics.counter('jotc_database_unavailable_total', help, [])

    async function withRetries<Result>(work: () => Promise<Result>): Promise<Result> {
      const begun = performance.now()
      const isRetryable = (error: unknown) =>
        isTransient(error) && !isConnectTimeout(error) && performance.now() - begun < RETRY_FOR_MS
      try {
        return await retry(handleWhen(isRetryable), { maxAttempts: MAX_RETRIES, backoff: BACKOFF }).execute(
          ({ attempt }) => {
            if (attempt > 0) retries.inc()
            return work()
          },
        )
      } catch (error) {
        if (isTransient(error)) unavailable.inc()
        throw toHttpError(error) ?? error
      }
    }

    function connect(url: string, size: number, name: string): Pool {
      const pool = openPool(url, size, api.log)
      metrics.gauges(`jotc_database_${name}`, 'Connections by state, and who waits for one.', 'state', pool.counts)
      api.addHook('onClose', async () => await pool.end())
      return pool
    }

    const retrying = (pool: Pool) => databaseOf((work) => withRetries(() => pool.use(work)))

    const withFallback = (replica: Replica, pool: Pool, primary: Database) =>
      databaseOf(async (work) => {
        if (!replica.serves) return await work(primary)
        try {
          return await replica.whileUp(pool.use(work))
        } catch (error) {
          const checked = replica.check()
          if (error instanceof HttpError || isTooSlow(error)) {
            await checked
            if (replica.serves) throw toHttpError(error) ?? error
          }
          return await work(primary)
        }
      })

    async function watch(url: string): Promise<Replica> {
      const checks = connect(url, 1, 'replica_look_connections')
      const replica = await watchReplica({
        primary: api.database,
        replica: databaseOf(checks.use),
        lagLimitS,
        log: api.log,
      })
      api.addHook('preClose', async () => replica.stop())
      const lag = 'What was committed longer ago can be read on the replica.'
      metrics.gauge('jotc_database_replica_lag_seconds', lag, () => replica.lagS)
      const up = 'Whether everybody’s lists, statistics and exports are read on the replica.'
      metrics.gauge('jotc_database_replica_up', up, () => Number(replica.isUp))
      return replica
    }

    const readDatabase = retrying(connect(url, readPoolSize, 'read_connections'))
    api.decorate('database', retrying(connect(url, poolSize, 'connections')))
    api.decorate('readDatabase', readDatabase)
    const replica = readUrl === undefined ? undefined : await watch(readUrl)
    api.decorate('replica', replica)
    api.decorate(
      'reportDatabase',
      replica && readUrl !== undefined
        ? withFallback(replica, connect(readUrl, readPoolSize, 'replica_connections'), readDatabase)
        : readDatabase,
    )
  },
  { name: 'database', dependencies: ['metrics'] },
)

function databaseOf(use: Use): Database {
  return {
    query: (statement, name) => use((database) => database.query(statement, name)),
    queryLines: (statement) => use((database) => database.queryLines(statement)),
    transaction: (work) => use((database) => database.transaction(work)),
  }
}

/** Pauses of about 75, 150 and 300 ms. */
const BACKOFF = new ExponentialBackoff({ generator: halfJitterGenerator, initialDelay: 100 })

/** The `like` pattern for texts that contain this one; `%`, `_` and `\\` in it are literal. */
export function containing(part: string): string {
  return `%${part.replace(/[\\%_]/g, '\\$&')}%`
}
