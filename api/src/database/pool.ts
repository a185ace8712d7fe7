import type { FastifyBaseLogger } from 'fastify'
import pg from 'pg'
import type { Sql } from 'sql-template-tag'
import { overloaded } from '../http/errors.ts'
import type { Database, Lines, Query } from './database.ts'
import { isConnectTimeout, isReadOnly, losesConnection } from './errors.ts'

const CONNECT_TIMEOUT_MS = 3_000
const STATEMENT_TIMEOUT_MS = 10_000
/** Connections are not replaced sooner than this: each costs the server a process. */
const MIN_POOL_AGE_MS = 1_000

/** Runs `work` on a database. */
export type Use = <Result>(work: (database: Database) => Promise<Result>) => Promise<Result>

export type Pool = { use: Use; counts(): Record<string, number>; end(): Promise<void> }

/** Connections to one server. Errors are the driver's, except `overloaded`. */
export function openPool(url: string, size: number, log: FastifyBaseLogger): Pool {
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
        if (isReadOnly(error)) replace(from)
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
 * Connections through a pooler such as PgBouncer. A setting of the session would leak to the pooler's next client, or
 * miss our next statement. So each transaction sets its own deadline, and a single statement becomes a transaction.
 */
const pooled = new WeakSet<pg.ClientBase>()

function newPool(url: string, size: number, log: FastifyBaseLogger): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'jotc-api',
    max: size,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    onConnect: setDeadline,
    // Longer than the server's own deadline: it only counts when the server is silent.
    query_timeout: STATEMENT_TIMEOUT_MS + 1_000,
    keepAlive: true,
    types: columnTypes,
  })
  // Without a listener, a closed idle connection would end the process.
  const lost = (error: Error) => log.warn({ err: error }, 'lost a database connection')
  pool.on('error', lost)
  pool.on('connect', (client) => client.on('error', lost))
  return pool
}

/** A pooler announces a process id of its own, so the two ids differ: then the session is not ours to set. */
async function setDeadline(client: pg.ClientBase): Promise<void> {
  const { processID } = client as pg.ClientBase & { processID: number }
  const { rowCount } = await client.query(
    `select set_config('statement_timeout', $1, false) where pg_backend_pid() = $2`,
    [String(STATEMENT_TIMEOUT_MS), processID],
  )
  if (rowCount === 0) pooled.add(client)
}

function onConnection(client: pg.PoolClient): Database {
  const query: Query = async <Row>({ text, values }: Sql, name?: string) =>
    (await client.query({ text, values, ...(name !== undefined && { name }) })).rows as Row[]

  async function queryLines({ text, values }: Sql): Promise<Lines> {
    const { promise, resolve, reject } = Promise.withResolvers<Lines>()
    const query = new LinesQuery({ text, values }, (error) => (error ? reject(error) : resolve(query.lines())))
    client.query(query)
    return await promise
  }

  async function transaction<Result>(work: (query: Query) => Promise<Result>): Promise<Result> {
    await client.query(`begin; set local statement_timeout = ${STATEMENT_TIMEOUT_MS}`)
    try {
      const result = await work(query)
      await client.query('commit')
      return result
    } catch (error) {
      // On a silent connection the rollback would wait for the deadline once more.
      if (!losesConnection(error)) await client.query('rollback')
      throw error
    }
  }

  return {
    query: (statement, name) =>
      pooled.has(client) ? transaction((query) => query(statement)) : query(statement, name),
    queryLines: (statement) => (pooled.has(client) ? transaction(() => queryLines(statement)) : queryLines(statement)),
    transaction,
  }
}

/** UTF-16 units that are encoded at once. V8 allocates longer strings separately, and frees them late. */
const CHUNK_LENGTH = 64 * 1024

/** Joins the rows of a query with one text column. The driver calls `handleDataRow` for each row. */
class LinesQuery extends pg.Query {
  #text = ''
  readonly #lines: Lines = { chunks: [], bytes: 0, rows: 0, last: '' }

  handleDataRow({ fields: [line] }: { fields: [string] }): void {
    this.#text += line
    this.#lines.last = line
    this.#lines.rows++
    if (this.#text.length > CHUNK_LENGTH) this.#encode()
  }

  /** Returns everything that was read. Call it once, at the end. */
  lines(): Lines {
    this.#encode()
    return this.#lines
  }

  #encode(): void {
    const chunk = Buffer.from(this.#text)
    this.#lines.chunks.push(chunk)
    this.#lines.bytes += chunk.length
    this.#text = ''
  }
}

const { builtins } = pg.types

/**
 * Column types that the driver's own parsers would distort: a `date` stays text, a `timestamptz` (milliseconds in all
 * our columns) becomes ISO 8601 in UTC, and a `bigint` becomes a number, which must be exact.
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

/** In a session in UTC only characters are rearranged, a tenth of Temporal's work. */
function inUtc(text: string): string {
  const [, date, time, milliseconds = ''] = IN_UTC.exec(text) ?? []
  if (date === undefined) return Temporal.Instant.from(text).toString({ smallestUnit: 'millisecond' })
  return `${date}T${time}.${milliseconds.padEnd(3, '0')}Z`
}

const IN_UTC = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,3}))?\+00$/

function exactNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`The bigint ${text} is not exact as a number.`)
  return value
}
