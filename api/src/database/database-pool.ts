import type { FastifyBaseLogger } from 'fastify'
import pg from 'pg'
import { columnTypes } from './column-types.ts'
import { isReadOnly } from './transient-errors.ts'

const MOST_CONNECTIONS = 10
const CONNECT_WITHIN = 3_000
const STATEMENT_WITHIN = 10_000
/** A pool is not given up sooner than so many milliseconds after the one before it: each costs new connections. */
const GIVEN_UP_AFTER = 1_000

export type DatabasePool = {
  /** Runs `work` on a connection; one on which it fails is given up, for nobody knows in which state it is. */
  onConnection<Result>(work: (connection: pg.PoolClient) => Promise<Result>): Promise<Result>
  /** Connections by what they do, and requests that wait for one. */
  counts(): Record<'busy' | 'idle' | 'waiting', number>
  end(): Promise<void>
}

/**
 * Connections to PostgreSQL, up to ten.
 *
 * Promises (database.test.ts): one that ends, idle or not, is replaced and never ends the process. A server that turned
 * read-only is given up with all its connections, since the name may lead to another one by now. Statements end after
 * 10 s, also where the server is silent. Nothing is needed of a connection but what every connection has, so a
 * PgBouncer in transaction mode may stand between.
 */
export function openPool(url: string, log: FastifyBaseLogger): DatabasePool {
  let pool = newPool(url, log)
  let openedAt = performance.now()

  function giveUp(demoted: pg.Pool): void {
    if (pool !== demoted || performance.now() - openedAt < GIVEN_UP_AFTER) return
    log.warn('the database is read-only: its connections are given up')
    pool = newPool(url, log)
    openedAt = performance.now()
    demoted.end().catch((error: Error) => log.warn({ err: error }, 'a database connection did not end well'))
  }

  return {
    async onConnection(work) {
      const from = pool
      const connection = await from.connect()
      let broken = true
      try {
        const result = await work(connection)
        broken = false
        return result
      } catch (error) {
        if (isReadOnly(error)) giveUp(from)
        throw error
      } finally {
        connection.release(broken)
      }
    },
    counts: () => ({
      busy: pool.totalCount - pool.idleCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
    end: () => pool.end(),
  }
}

function newPool(url: string, log: FastifyBaseLogger): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'jotc-api',
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_WITHIN,
    // As a statement: PgBouncer refuses connections that bring it as a parameter.
    onConnect: (client) => client.query(`set statement_timeout = ${STATEMENT_WITHIN}`),
    // Later than the server's own deadline: it serves only when the server is silent.
    query_timeout: STATEMENT_WITHIN + 1_000,
    keepAlive: true,
    types: columnTypes,
  })
  // Without a listener an idle connection that the server ends would end the process.
  const lost = (error: Error) => log.warn({ err: error }, 'a database connection was lost')
  pool.on('error', lost)
  pool.on('connect', (client) => client.on('error', lost))
  return pool
}
