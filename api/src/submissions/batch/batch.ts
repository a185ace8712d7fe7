import type { BatchAnswer } from '@jotc/core/api/jotc'
import { solve } from '@jotc/core/solver'
import { bulkhead, ExponentialBackoff, handleWhen, retry } from 'cockatiel'
import { HttpError } from '../../http/errors.ts'
import type { Recorder } from '../recorder.ts'
import type { Entry, EntryReader, Line } from './lines.ts'

/** As many as one of the recorder's statements takes. */
const SLICE_ROWS = 500
/** Together they fill less than half of the recorder's queue: single boards find room beside them. */
const MAX_SLICES_AT_ONCE = 4
/** For a board for which there is no room, or no database, at the moment: after some six seconds it is given up. */
const RETRY = { maxAttempts: 5, backoff: new ExponentialBackoff({ initialDelay: 250, maxDelay: 2_000 }) }

export type Batch = {
  /** All that came at once as one list. */
  lines: AsyncIterable<Line[]>
  read: EntryReader
  userId: string
  /** The id of the board on this line. */
  idOf: (line: number) => string
  /** Rejects when nothing more may be recorded. */
  authorize: () => Promise<unknown>
}

/**
 * Solves and records the boards of batches, each a stream of lines.
 *
 * Promises: the answers come in the order of the lines, a line of JSON each; a line that is no board has its own,
 * and stops nothing. What is answered is committed. The lines are read no faster than its boards are recorded and the
 * answers are taken, so any length takes the same memory; a batch that waits for its sender holds nothing that others
 * need. A board that cannot be recorded (no database, no room for a while, signed out) ends the iteration with an
 * error: what was answered before counts, what follows is to be sent again.
 */
export function batchAnswers(recorder: Recorder): (batch: Batch) => AsyncGenerator<string> {
  const slots = bulkhead(MAX_SLICES_AT_ONCE, Number.POSITIVE_INFINITY)
  const retrying = retry(
    handleWhen((error) => error instanceof HttpError && error.status === 503),
    RETRY,
  )

  async function answer(entry: Entry, { userId, idOf }: Batch): Promise<BatchAnswer> {
    if ('error' in entry) return entry
    const { line, board } = entry
    const { solvable, total, blockedAt } = solve(board)
    const id = idOf(line)
    try {
      await retrying.execute(() => recorder.record({ userId, id, board, total }))
    } catch (error) {
      if (!(error instanceof HttpError && error.type === 'idempotency-key-reused')) throw error
      return { line, error: error.message, code: 'idempotencyKeyReused' }
    }
    return { line, id, size: board.length, solvable, total, blockedAt }
  }

  async function answerSlice(entries: Entry[], batch: Batch): Promise<string> {
    await batch.authorize()
    const answers = await Promise.all(entries.map((entry) => answer(entry, batch)))
    return answers.map((each) => `${JSON.stringify(each)}\n`).join('')
  }

  /** One slice is on its way into the database while the one before it is answered. */
  async function* answerAll(entries: Entry[], batch: Batch): AsyncGenerator<string> {
    let before: Promise<string> | undefined
    for (let from = 0; from < entries.length; from += SLICE_ROWS) {
      const answers = slots.execute(() => answerSlice(entries.slice(from, from + SLICE_ROWS), batch))
      // Whether it fails matters when it is its turn: who waits for it may be gone by then.
      answers.catch(() => {})
      if (before) yield await before
      before = answers
    }
    if (before) yield await before
  }

  return async function* answersTo(batch) {
    for await (const arrived of batch.lines) {
      yield* answerAll(
        arrived.map(batch.read).filter((entry) => entry !== undefined),
        batch,
      )
    }
  }
}
