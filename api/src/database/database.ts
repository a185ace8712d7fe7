import { ExponentialBackoff, halfJitterGenerator, handleWhen, retry } from 'cockatiel'
import fp from 'fastify-plugin'
import type { Sql } from 'sql-template-tag'
import { HttpError } from '../http/errors.ts'
import { foreseen, isConnectTimeout, isTooSlow, isTransient } from './errors.ts'
import { openPool, type Pool, type Use } from './pool.ts'
import { type Replica, watchReplica } from './replica.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** For what must be quick and see what was just committed: recording, signing in, readiness. */
    database: Database
    /** The same server, for what may take seconds: lists, statistics and exports of one account. */
    readDatabase: Database
    /**
     * For everybody's lists, statistics and exports: the replica while it serves, which is a moment behind; else
     * `readDatabase`. Who must see what they have just changed goes by `request.readDatabase()` (auth/reports.ts).
     */
    reportDatabase: Database
    /** Where there is one. */
    replica: Pick<Replica, 'isUp' | 'serves'> | undefined
  }
}

/**
 * Runs one statement and gives its rows. The row type is the caller's promise: columns are named in SQL.
 *
 * @param name of a statement that is always the same and run often: each connection parses and plans it once
 */
export type Query = <Row>(statement: Sql, name?: string) => Promise<Row[]>

export type Database = {
  query: Query
  /** The same with each column as PostgreSQL sends it, of a `text` its UTF-8: a megabyte passes without being decoded. */
  queryBytes(statement: Sql): Promise<(Buffer | null)[][]>
  /** Runs `work` in one transaction on one connection; `work` must query through what it is given. */
  transaction<Result>(work: (query: Query) => Promise<Result>): Promise<Result>
}

const MAX_RETRIES = 3
/** What failed later than this is not tried again: a client is still waiting. */
const RETRY_FOR_MS = 4_000

type Options = {
  url: string
  poolSize: number
  readPoolSize: number
  /** Of a replica. */
  readUrl: string | undefined
  lagLimitS: number
}

/**
 * PostgreSQL, as `api.database`, `api.readDatabase` and `api.reportDatabase`: each has connections of its own, so that
 * slow reads keep nobody from saving a board.
 *
 * Promises (database.test.ts, replica.test.ts):
 * - A statement or transaction that fails for a passing reason (connection lost, server starting) is sent again a few
 *   times, so it must be safe to send twice; then it is rejected with `database-unavailable`.
 * - When all connections are busy for 3 s it is rejected with `overloaded`, and with `out-of-storage` when the server
 *   has no disk space or memory left.
 * - Statements end after 10 s, also behind a PgBouncer in transaction mode and where the server is silent.
 * - A connection that ends, idle or not, is replaced and never ends the process. A failed statement or transaction
 *   costs no connection. When the server became read-only, all are replaced: its name may lead to another by now.
 * - What a replica fails at, since it went away or for any other reason, is asked of the primary at once. Only reads that
 *   took too long or found no free connection, on a replica that serves, are not: they would take the primary's time too.
 */
export const database = fp<Options>(
  async (api, { url, poolSize, readUrl, readPoolSize, lagLimitS }) => {
    const { metrics } = api
    const retries = metrics.counter('jotc_database_retries_total', 'Statements sent again after a passing error.', [])
    const help = 'Statements given up because the database could not be reached.'
    const unavailable = metrics.counter('jotc_database_unavailable_total', help, [])

    async function retried<Result>(work: () => Promise<Result>): Promise<Result> {
      const begun = performance.now()
      const mayPass = (error: unknown) =>
        isTransient(error) && !isConnectTimeout(error) && performance.now() - begun < RETRY_FOR_MS
      try {
        return await retry(handleWhen(mayPass), { maxAttempts: MAX_RETRIES, backoff: BACKOFF }).execute(
          ({ attempt }) => {
            if (attempt > 0) retries.inc()
            return work()
          },
        )
      } catch (error) {
        if (isTransient(error)) unavailable.inc()
        throw foreseen(error) ?? error
      }
    }

    function connect(url: string, size: number, name: string): Pool {
      const pool = openPool(url, size, api.log)
      metrics.gauges(`jotc_database_${name}`, 'Connections by state, and who waits for one.', 'state', pool.counts)
      api.addHook('onClose', async () => await pool.end())
      return pool
    }

    const lasting = (pool: Pool) => databaseOf((work) => retried(() => pool.use(work)))

    /** The replica's answer where it gives one, else the primary's. */
    const eitherOf = (replica: Replica, pool: Pool, primary: Database) =>
      databaseOf(async (work) => {
        if (!replica.serves) return await work(primary)
        try {
          return await replica.whileThere(pool.use(work))
        } catch (error) {
          const looked = replica.look()
          if (error instanceof HttpError || isTooSlow(error)) {
            await looked
            if (replica.serves) throw foreseen(error) ?? error
          }
          return await work(primary)
        }
      })

    async function watch(url: string): Promise<Replica> {
      const looks = connect(url, 1, 'replica_look_connections')
      const replica = await watchReplica({
        primary: api.database,
        replica: databaseOf(looks.use),
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

    const readDatabase = lasting(connect(url, readPoolSize, 'read_connections'))
    api.decorate('database', lasting(connect(url, poolSize, 'connections')))
    api.decorate('readDatabase', readDatabase)
    const replica = readUrl === undefined ? undefined : await watch(readUrl)
    api.decorate('replica', replica)
    api.decorate(
      'reportDatabase',
      replica && readUrl !== undefined
        ? eitherOf(replica, connect(readUrl, readPoolSize, 'replica_connections'), readDatabase)
        : readDatabase,
    )
  },
  { name: 'database', dependencies: ['metrics'] },
)

function databaseOf(use: Use): Database {
  return {
    query: (statement, name) => use((database) => database.query(statement, name)),
    queryBytes: (statement) => use((database) => database.queryBytes(statement)),
    transaction: (work) => use((database) => database.transaction(work)),
  }
}

/** Pauses of about 75, 150 and 300 ms. */
const BACKOFF = new ExponentialBackoff({ generator: halfJitterGenerator, initialDelay: 100 })

/** The pattern of `like` for texts that contain this one, in which `%`, `_` and `\\` are just characters. */
export function containing(part: string): string {
  return `%${part.replace(/[\\%_]/g, '\\$&')}%`
}
