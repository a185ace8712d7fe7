import fp from 'fastify-plugin'
import sql from 'sql-template-tag'
import type { Database } from '../database/database.ts'
import { overloaded } from '../http/errors.ts'
import { type Entry, type Outcome, writeGroup } from './insert.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Writes submissions; one a worker. */
    recorder: Recorder
  }
}

const ROW_BUCKETS = [1, 5, 20, 100, 500]

/** The worker's recorder, as `api.recorder`. Closing the service writes what is queued. */
export const recorder = fp(
  async (api) => {
    const help = 'Boards that were written in one statement.'
    const rows = api.metrics.histogram('jotc_recorder_rows', help, ROW_BUCKETS, [])
    const recorder = createRecorder(api.database, {}, (count) => rows.observe(count))
    api.metrics.gauge('jotc_recorder_waiting', 'Boards that wait for a statement.', () => recorder.waiting)
    api.decorate('recorder', recorder)
    // Statistics are read from these sums; days not summed up yet are read row by row (db/migrations/008).
    api.sweeper.add(sql`select roll_up_submissions()`)
    api.addHook('onClose', async () => await recorder.close())
  },
  { name: 'recorder', dependencies: ['metrics', 'database', 'sweeper'] },
)

type RecorderLimits = {
  /** Statements in flight, each on its own connection. */
  statements: number
  /** Rows in a statement. */
  rows: number
  /** Clouds in a statement, over all its rows. */
  clouds: number
  /** Entries in the queue. */
  waiting: number
  /** How long an entry may stay in the queue. */
  maxWaitMs: number
}

/** The largest statement. How the limits were found: docs/decisions/009. */
export const SLICE_ROWS = 500
export const SLICE_CLOUDS = 1_000_000
const RECORDER_LIMITS: RecorderLimits = {
  statements: 2,
  rows: SLICE_ROWS,
  clouds: SLICE_CLOUDS,
  waiting: 5_000,
  maxWaitMs: 5_000,
}

export type Recorder = {
  /**
   * Records a solved board. Resolves once it is committed.
   *
   * @throws {HttpError} `overloaded` at once when the queue is full, and after 5 s in it
   * @throws {HttpError} `database-unavailable` when the database cannot be reached
   * @throws {HttpError} `account-erased` when the account was erased in the meantime
   * @throws {HttpError} `idempotency-key-reused` when another submission has this id
   */
  record(entry: Entry): Promise<{ createdAt: string }>
  /**
   * Records solved boards, at most `SLICE_ROWS` and `SLICE_CLOUDS`, in one statement unless one of them is rejected.
   * Resolves once they are committed, with the outcome of each.
   *
   * @throws {HttpError} `overloaded` as `record` does, for all of them
   */
  recordAll(entries: readonly Entry[]): Promise<Outcome[]>
  /** Entries in the queue. */
  readonly waiting: number
  /** Writes what is queued; resolves when all is answered. Later entries are rejected. */
  close(): Promise<void>
}

/** Entries that are recorded together. */
type Waiting = {
  entries: readonly Entry[]
  since: number
  resolve(outcomes: Outcome[]): void
  reject(error: Error): void
}

/**
 * Writes submissions in groups, so that many people at once cost one commit: entries that arrive while statements are
 * in flight share the next one.
 *
 * Promises (recorder.test.ts holds each to account):
 * - `record` resolves only after its row is committed.
 * - One rejected row never fails another.
 * - After a lost connection the rows are sent again with the same ids, so none is lost or doubled.
 * - A full queue rejects at once, and an entry that waited too long is rejected unsent: memory and time are bounded.
 * - `close` writes what is queued.
 *
 * @param onGroup is called with the number of rows of each statement
 */
export function createRecorder(
  database: Pick<Database, 'query'>,
  limits: Partial<RecorderLimits> = {},
  onGroup: (rows: number) => void = () => {},
): Recorder {
  const { statements, rows, clouds, waiting, maxWaitMs } = { ...RECORDER_LIMITS, ...limits }
  const queue: Waiting[] = []
  let entriesWaiting = 0
  let inFlight = 0
  let scheduled = false
  let closing = false
  let expiry: NodeJS.Timeout | undefined
  const { promise: closed, resolve: hasClosed } = Promise.withResolvers<void>()

  /** Deferred, so that entries of the same turn of the event loop share a statement. */
  function schedule(): void {
    if (closing && queue.length === 0 && inFlight === 0) hasClosed()
    if (scheduled || queue.length === 0 || inFlight === statements) return
    scheduled = true
    setImmediate(send)
  }

  function send(): void {
    scheduled = false
    const group = take(lengthOfGroup(queue, rows, clouds))
    if (group.length > 0) {
      inFlight++
      void write(group).finally(() => {
        inFlight--
        schedule()
      })
    }
    schedule()
  }

  function take(count: number): Waiting[] {
    const taken = queue.splice(0, count)
    for (const { entries } of taken) entriesWaiting -= entries.length
    return taken
  }

  /** Rejects entries after `maxWaitMs`, however long the statements in flight take. The queue is in order of arrival. */
  function watchOldest(): void {
    const [oldest] = queue
    if (oldest === undefined || expiry !== undefined) return
    expiry = setTimeout(
      () => {
        expiry = undefined
        const latest = performance.now() - maxWaitMs
        const inTime = queue.findIndex(({ since }) => since > latest)
        for (const { reject } of take(inTime === -1 ? queue.length : inTime)) reject(overloaded())
        watchOldest()
      },
      oldest.since + maxWaitMs - performance.now(),
    ).unref()
  }

  async function write(group: Waiting[]): Promise<void> {
    const all = group.flatMap(({ entries }) => entries)
    onGroup(all.length)
    const outcomes = await writeGroup(database, all).catch((error: Error) => all.map((): Outcome => ({ error })))
    let end = 0
    for (const { entries, resolve } of group) {
      end += entries.length
      resolve(outcomes.slice(end - entries.length, end))
    }
  }

  function recordAll(entries: readonly Entry[]): Promise<Outcome[]> {
    if (closing || entriesWaiting + entries.length > waiting) return Promise.reject(overloaded())
    const { promise, resolve, reject } = Promise.withResolvers<Outcome[]>()
    queue.push({ entries, since: performance.now(), resolve, reject })
    entriesWaiting += entries.length
    watchOldest()
    schedule()
    return promise
  }

  return {
    async record(entry) {
      const [outcome] = (await recordAll([entry])) as [Outcome]
      if ('error' in outcome) throw outcome.error
      return outcome
    },
    recordAll,
    get waiting() {
      return entriesWaiting
    },
    async close() {
      closing = true
      schedule()
      await closed
    },
  }
}

/** How many from the head of the queue are written together. */
function lengthOfGroup(queue: readonly Waiting[], maxRows: number, maxClouds: number): number {
  let rows = 0
  let clouds = 0
  for (const [index, { entries }] of queue.entries()) {
    rows += entries.length
    for (const { board } of entries) clouds += board.length
    if (index > 0 && (rows > maxRows || clouds > maxClouds)) return index
  }
  return queue.length
}
