import { setTimeout as wait } from 'node:timers/promises'
import fp from 'fastify-plugin'
import type pg from 'pg'
import type { Sql } from 'sql-template-tag'
import { HttpError } from '../http/errors.ts'
import { type DatabasePool, openPool } from './database-pool.ts'
import { isConnectTimeout, isTransient } from './transient-errors.ts'

declare module 'fastify' {
  interface FastifyInstance {
    database: Database
  }
}

/** Runs one statement and gives its rows. The row type is the caller's promise: columns are named in SQL. */
export type Query = <Row>(statement: Sql) => Promise<Row[]>

export type Database = {
  query: Query
  /** Runs `work` in one transaction on one connection; `work` must query through what it is given. */
  transaction<Result>(work: (query: Query) => Promise<Result>): Promise<Result>
}

/** Pauses before the second and further tries, in milliseconds; each is shortened at random. */
const PAUSES = [50, 150, 450]
/** After so many milliseconds a failed statement is not tried again: who asked still waits. */
const TRY_AGAIN_FOR = 4_000

/**
 * PostgreSQL for all resources, as `api.database`.
 *
 * Promises: a statement that fails for a passing reason (connection lost, server starting) is sent
 * again a few times, so every statement must be safe to send twice; after that it is refused with
 * `database-unavailable`. What holds for connections, database-pool.ts says.
 */
export const database = fp<{ url: string }>(
  async (api, { url }) => {
    const pool = openPool(url, api.log)
    const { metrics } = api
    metrics.gauges('jotc_database_connections', 'Connections, and who waits for one.', 'state', pool.counts)
    const again = retrying({
      retried: metrics.counter('jotc_database_retries_total', 'Statements sent again after a passing fault.', []),
      refused: metrics.counter('jotc_database_unavailable_total', 'Statements given up after passing faults.', []),
    })

    api.decorate('database', {
      query: (statement) => again(() => pool.onConnection((connection) => rowsOf(connection, statement))),
      transaction: (work) => again(() => inTransaction(pool, work)),
    })
    api.addHook('onClose', async () => await pool.end())
  },
  { name: 'database', dependencies: ['metrics'] },
)

async function rowsOf<Row>(connection: pg.PoolClient, statement: Sql): Promise<Row[]> {
  const result = await connection.query({ text: statement.text, values: statement.values })
  return result.rows as Row[]
}

/** A transaction that fails ends with its connection: a rollback on a silent one would be waited for as long again. */
async function inTransaction<Result>(pool: DatabasePool, work: (query: Query) => Promise<Result>): Promise<Result> {
  return await pool.onConnection(async (connection) => {
    await connection.query('begin')
    const result = await work((statement) => rowsOf(connection, statement))
    await connection.query('commit')
    return result
  })
}

type Counters = Record<'retried' | 'refused', { inc(): void }>

function retrying({ retried, refused }: Counters) {
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    const begun = performance.now()
    for (let tries = 0; ; tries++) {
      try {
        return await work()
      } catch (error) {
        if (!isTransient(error)) throw error
        const pause = isConnectTimeout(error) ? undefined : PAUSES[tries]
        if (pause === undefined || performance.now() - begun > TRY_AGAIN_FOR) {
          refused.inc()
          throw new HttpError('database-unavailable', 'The service cannot reach its database. Try again in a moment.', {
            cause: error,
          })
        }
        retried.inc()
        await wait(pause * (0.5 + Math.random() / 2))
      }
    }
  }
}
