import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import fp from 'fastify-plugin'
import pg from 'pg'
import type { Sql } from 'sql-template-tag'
import { columnTypes } from './column-types.ts'
import { isPassing } from './passing-faults.ts'
import { Unavailable } from './refusals.ts'

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

const MOST_CONNECTIONS = 10
const CONNECT_WITHIN = 3_000
const STATEMENT_WITHIN = 10_000
/** Pauses before the second and further tries, in milliseconds; each is shortened at random. */
const PAUSES = [50, 150, 450]
/** After so many milliseconds a failed statement is not tried again: who asked still waits. */
const TRY_AGAIN_FOR = 4_000

/**
 * PostgreSQL for all resources, as `api.database`.
 *
 * Promises: a statement that fails for a passing reason (connection lost, server starting) is sent
 * again a few times, so every statement must be safe to send twice; after that it is refused with
 * `Unavailable`. A connection that ends while idle is replaced and never ends the process. A statement
 * has 10 s.
 */
export const database = fp<{ url: string }>(
  async (api, { url }) => {
    const pool = openPool(url, api.log)
    api.decorate('database', {
      query: (statement) => again(() => rowsOf(pool, statement)),
      transaction: (work) => again(() => inTransaction(pool, work)),
    })
    api.addHook('onClose', async () => await pool.end())
  },
  { name: 'database' },
)

function openPool(url: string, log: FastifyBaseLogger): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'jotc-api',
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_WITHIN,
    statement_timeout: STATEMENT_WITHIN,
    // Later than the server's own deadline: it serves only when the server is silent.
    query_timeout: STATEMENT_WITHIN + 1_000,
    keepAlive: true,
    types: columnTypes,
  })
  // Without a listener an idle connection that the server ends would end the process (C106).
  const lost = (error: Error) => log.warn({ err: error }, 'a database connection was lost')
  pool.on('error', lost)
  pool.on('connect', (client) => client.on('error', lost))
  return pool
}

async function rowsOf<Row>(connection: pg.Pool | pg.PoolClient, statement: Sql): Promise<Row[]> {
  const result = await connection.query({ text: statement.text, values: statement.values })
  return result.rows as Row[]
}

async function inTransaction<Result>(pool: pg.Pool, work: (query: Query) => Promise<Result>): Promise<Result> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('begin')
    const result = await work((statement) => rowsOf(client, statement))
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch((lost: Error) => {
      broken = lost
    })
    throw error
  } finally {
    client.release(broken)
  }
}

async function again<Result>(work: () => Promise<Result>): Promise<Result> {
  const begun = performance.now()
  for (let tries = 0; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (!isPassing(error)) throw error
      const pause = PAUSES[tries]
      if (pause === undefined || performance.now() - begun > TRY_AGAIN_FOR) {
        throw new Unavailable('The database cannot be reached. Try again in a moment.', error)
      }
      await wait(pause * (0.5 + Math.random() / 2))
    }
  }
}
