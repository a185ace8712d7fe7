import { ExponentialBackoff, halfJitterGenerator, handleWhen, retry } from 'cockatiel'
import type { FastifyBaseLogger } from 'fastify'
import fp from 'fastify-plugin'
import pg from 'pg'
import type { Sql } from 'sql-template-tag'
import { HttpError } from '../http/errors.ts'
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

const CONNECT_TIMEOUT_MS = 3_000
const STATEMENT_TIMEOUT_MS = 10_000
/** Connections are not replaced again sooner: each costs the server a process. */
const MIN_POOL_AGE_MS = 1_000
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

/** Does some work with the database, wherever that is. */
type Use = <Result>(work: (database: Database) => Promise<Result>) => Promise<Result>

function databaseOf(use: Use): Database {
  return {
    query: (statement, name) => use((database) => database.query(statement, name)),
    queryBytes: (statement) => use((database) => database.queryBytes(statement)),
    transaction: (work) => use((database) => database.transaction(work)),
  }
}

/** Pauses of about 75, 150 and 300 ms. */
const BACKOFF = new ExponentialBackoff({ generator: halfJitterGenerator, initialDelay: 100 })

type Pool = { use: Use; counts(): Record<string, number>; end(): Promise<void> }

function openPool(url: string, size: number, log: FastifyBaseLogger): Pool {
  let pool = newPool(url, size, log)
  let openedAt = performance.now()
  let inUse = 0

  async function connect(from: pg.Pool): Promise<pg.PoolClient> {
    try {
      return await from.connect()
    } catch (error) {
      if (inUse >= size && isConnectTimeout(error)) throw overloaded(error)
      throw error
    }
  }

  function replace(demoted: pg.Pool): void {
    if (pool !== demoted || performance.now() - openedAt < MIN_POOL_AGE_MS) return
    log.warn('database is read-only, reconnecting')
    pool = newPool(url, size, log)
    openedAt = performance.now()
    demoted.end().catch((error: Error) => log.warn({ err: error }, 'error while closing a database connection'))
  }

  return {
    async use<Result>(work: (connection: Database) => Promise<Result>): Promise<Result> {
      const from = pool
      const client = await connect(from)
      let isLost = false
      inUse++
      try {
        return await work(onConnection(client))
      } catch (error) {
        isLost = losesConnection(error)
        if (sqlState(error) === READ_ONLY) replace(from)
        throw error
      } finally {
        inUse--
        client.release(isLost)
      }
    },
    counts: () => ({ busy: pool.totalCount - pool.idleCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    end: () => pool.end(),
  }
}

/**
 * Connections whose session belongs to a pooler such as PgBouncer: what is set there stays with the next client, or
 * never meets the next statement. So each transaction brings its own deadline, and each statement is one.
 */
const shared = new WeakSet<pg.ClientBase>()

function newPool(url: string, size: number, log: FastifyBaseLogger): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'jotc-api',
    max: size,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    onConnect: setDeadline,
    // Later than the server's own deadline: it serves only when the server is silent.
    query_timeout: STATEMENT_TIMEOUT_MS + 1_000,
    keepAlive: true,
    types: columnTypes,
  })
  // Without a listener an idle connection that the server ends would end the process.
  const lost = (error: Error) => log.warn({ err: error }, 'lost a database connection')
  pool.on('error', lost)
  pool.on('connect', (client) => client.on('error', lost))
  return pool
}

/** A pooler greets with a process id of its own; only then is the session not ours. */
async function setDeadline(client: pg.ClientBase): Promise<void> {
  const { processID } = client as pg.ClientBase & { processID: number }
  const { rowCount } = await client.query(
    `select set_config('statement_timeout', $1, false) where pg_backend_pid() = $2`,
    [String(STATEMENT_TIMEOUT_MS), processID],
  )
  if (rowCount === 0) shared.add(client)
}

function onConnection(client: pg.PoolClient): Database {
  const query: Query = async <Row>({ text, values }: Sql, name?: string) =>
    (await client.query({ text, values, ...(name !== undefined && { name }) })).rows as Row[]

  async function queryBytes({ text, values }: Sql): Promise<(Buffer | null)[][]> {
    // The types of the driver leave out `binary` here.
    const config = { text, values, binary: true, rowMode: 'array', types: UNCHANGED } as pg.QueryArrayConfig
    return (await client.query<(Buffer | null)[]>(config)).rows
  }

  async function transaction<Result>(work: (query: Query) => Promise<Result>): Promise<Result> {
    await client.query(`begin; set local statement_timeout = ${STATEMENT_TIMEOUT_MS}`)
    try {
      const result = await work(query)
      await client.query('commit')
      return result
    } catch (error) {
      // On a silent connection the rollback would be waited for as long again.
      if (!losesConnection(error)) await client.query('rollback')
      throw error
    }
  }

  return {
    query: (statement, name) =>
      shared.has(client) ? transaction((query) => query(statement)) : query(statement, name),
    queryBytes: (statement) => (shared.has(client) ? transaction(() => queryBytes(statement)) : queryBytes(statement)),
    transaction,
  }
}

/** The error for the caller, where this one was foreseen. */
function foreseen(error: unknown): HttpError | undefined {
  if (OUT_OF_STORAGE.test(sqlState(error))) {
    const detail = 'The service has run out of storage. Try again in a minute.'
    return new HttpError('out-of-storage', detail, { retryAfterS: 60, cause: error })
  }
  if (!isTransient(error)) return undefined
  const detail = 'The service cannot reach its database. Try again in a moment.'
  return new HttpError('database-unavailable', detail, { cause: error })
}

function overloaded(cause: unknown): HttpError {
  return new HttpError('overloaded', 'The service is busy. Try again in a few seconds.', { cause })
}

/**
 * Whether the error may be gone at the next try: a connection lost or refused (SQLSTATE class 08, 57P0x, socket
 * errors), a database that is just being renamed (3D000), too many connections (53300), a conflict of transactions
 * (40001, 40P01), or a server that is read-only for the moment (25006) or too slow for a deadline (57014, no answer at
 * all).
 */
function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? TRANSIENT.test(code) : DRIVER_ERROR.test(error.message)
}

/** Whether the connection is gone, in a state that nobody knows, or one to a server that only reads. */
function losesConnection(error: unknown): boolean {
  return isTransient(error) && !STILL_CONNECTED.test(sqlState(error))
}

/** Whether the server answers, but not in time. */
function isTooSlow(error: unknown): boolean {
  return sqlState(error) === TIMED_OUT || (error instanceof Error && error.message === 'Query read timeout')
}

function isConnectTimeout(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith(CONNECT_TIMEOUT)
}

function sqlState(error: unknown): string {
  return error instanceof pg.DatabaseError ? (error.code ?? '') : ''
}

const READ_ONLY = '25006'
const TIMED_OUT = '57014'
const OUT_OF_STORAGE = /^(?:53100|53200|58030)$/
const STILL_CONNECTED = /^(?:57014|40001|40P01)$/
const TRANSIENT =
  /^(?:08...|3D000|57P0.|57014|53300|40001|40P01|25006|25P03|ECONNABORTED|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|ENOTFOUND)$/
const CONNECT_TIMEOUT = 'timeout exceeded when trying to connect'
/** What the driver and its pool say of a lost or late connection has no code. */
const DRIVER_ERROR = new RegExp(
  `^(?:Connection terminated|Query read timeout|${CONNECT_TIMEOUT}|Client has encountered a connection)`,
)

/** The pattern of `like` for texts that contain this one, in which `%`, `_` and `\\` are just characters. */
export function containing(part: string): string {
  return `%${part.replace(/[\\%_]/g, '\\$&')}%`
}

const { builtins } = pg.types

/**
 * How columns reach JavaScript, where the driver's own way would lose something: a `date` stays the text it is, a
 * `timestamptz` (milliseconds in all our columns) is ISO 8601 text in UTC, and a `bigint` is a number while that is
 * exact.
 */
const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => {
    if (format === 'text' || format === undefined) {
      if (oid === builtins.DATE) return (text: string) => text
      if (oid === builtins.TIMESTAMPTZ) return inUtc
      if (oid === builtins.INT8) return exactNumber
    }
    return pg.types.getTypeParser(oid, format)
  },
}

/** Of a session in UTC it is a matter of characters, a tenth of the work. */
function inUtc(text: string): string {
  const [, date, time, milliseconds = ''] = IN_UTC.exec(text) ?? []
  if (date === undefined) return Temporal.Instant.from(text).toString({ smallestUnit: 'millisecond' })
  return `${date}T${time}.${milliseconds.padEnd(3, '0')}Z`
}

const IN_UTC = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,3}))?\+00$/

const UNCHANGED: pg.CustomTypesConfig = { getTypeParser: () => (value: string) => value }

function exactNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`The bigint ${text} is not exact as a number.`)
  return value
}
