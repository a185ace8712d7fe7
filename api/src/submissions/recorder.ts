import type { Database } from '../database/database.ts'
import { HttpError } from '../http/errors.ts'
import { type Entry, type Outcome, writeGroup } from './recorder-write.ts'

type RecorderLimits = {
  /** Statements at once, each on a connection of its own. */
  statements: number
  /** Rows of a statement. */
  rows: number
  /** Clouds of a statement, in all its rows. */
  clouds: number
  /** Entries that wait for a statement. */
  waiting: number
  /** How long an entry waits for one, in milliseconds. */
  patience: number
}

/** How these were found: docs/decisions/009. */
const RECORDER_LIMITS: RecorderLimits = {
  statements: 2,
  rows: 500,
  clouds: 1_000_000,
  waiting: 5_000,
  patience: 5_000,
}

export type Recorder = {
  /**
   * Records a solved board. Resolves once it is committed.
   *
   * @throws {HttpError} `overloaded` at once when the queue is full; `database-unavailable` when it cannot be reached in time
   * @throws {HttpError} `account-erased` when the account was erased since it was asked for
   * @throws {HttpError} `idempotency-key-reused` when another submission has this id
   */
  record(entry: Entry): Promise<{ createdAt: string }>
  /** How many entries wait for a statement. */
  readonly waiting: number
  /** Writes what waits; resolves when all is answered. What comes later is refused. */
  close(): Promise<void>
}

type Waiting = { entry: Entry; since: number; resolve(value: { createdAt: string }): void; reject(error: Error): void }

/**
 * Writes submissions in groups, so that many people at once cost one commit: what arrives while statements are in
 * flight leaves with the next one.
 *
 * Promises (recorder.test.ts holds each to account):
 * - `record` resolves only after its row is committed.
 * - One refused row never fails another.
 * - A connection lost in the middle: the rows are sent again with the same ids, so none is lost and none doubled.
 * - A full queue refuses at once, and an entry that waited too long is refused unsent: memory and time are bounded.
 * - `close` writes what waits.
 *
 * @param onGroup is told how many entries each statement takes
 */
export function createRecorder(
  database: Database,
  limits: Partial<RecorderLimits> = {},
  onGroup: (rows: number) => void = () => {},
): Recorder {
  const { statements, rows, clouds, waiting, patience } = { ...RECORDER_LIMITS, ...limits }
  const queue: Waiting[] = []
  let inFlight = 0
  let scheduled = false
  let closing = false
  const { promise: closed, resolve: hasClosed } = Promise.withResolvers<void>()

  /** Not at once: what arrives in the same turn of the event loop leaves together. */
  function schedule(): void {
    if (closing && queue.length === 0 && inFlight === 0) hasClosed()
    if (scheduled || queue.length === 0 || inFlight === statements) return
    scheduled = true
    setImmediate(send)
  }

  function send(): void {
    scheduled = false
    const group = takeGroup(queue, rows, clouds, performance.now() - patience)
    if (group.length > 0) {
      inFlight++
      onGroup(group.length)
      void write(group).finally(() => {
        inFlight--
        schedule()
      })
    }
    schedule()
  }

  async function write(group: Waiting[]): Promise<void> {
    const outcomes = await writeGroup(
      database,
      group.map(({ entry }) => entry),
    ).catch((error: Error) => group.map((): Outcome => ({ error })))
    for (const [index, { resolve, reject }] of group.entries()) {
      const outcome = outcomes[index] as Outcome
      if ('error' in outcome) reject(outcome.error)
      else resolve(outcome)
    }
  }

  return {
    record(entry) {
      if (closing || queue.length >= waiting) {
        return Promise.reject(new HttpError('overloaded', 'The service is busy. Try again in a few seconds.'))
      }
      const { promise, resolve, reject } = Promise.withResolvers<{ createdAt: string }>()
      queue.push({ entry, since: performance.now(), resolve, reject })
      schedule()
      return promise
    },
    get waiting() {
      return queue.length
    },
    async close() {
      closing = true
      schedule()
      await closed
    },
  }
}

/** The next group from the queue's head. Who waited since before `latest` is refused instead. */
function takeGroup(queue: Waiting[], mostRows: number, mostClouds: number, latest: number): Waiting[] {
  const group: Waiting[] = []
  let taken = 0
  let clouds = 0
  for (const waiting of queue) {
    if (group.length === mostRows) break
    clouds += waiting.entry.board.length
    if (clouds > mostClouds && group.length > 0) break
    taken++
    if (waiting.since >= latest) group.push(waiting)
    else waiting.reject(new HttpError('overloaded', 'The service is busy. Try again in a few seconds.'))
  }
  queue.splice(0, taken)
  return group
}
