import type { Readable } from 'node:stream'
import type { BatchAnswer } from '@jotc/core/api/jotc'
import { BoardFileReader } from '@jotc/core/board-file'
import type { Entry, FileFormat } from '@jotc/core/board-file/entry'
import { entryFaultText, type FileFault, fileFaultText } from '@jotc/core/board-file/faults'
import { solve } from '@jotc/core/solver'
import { bulkhead, ExponentialBackoff, handleWhen, retry } from 'cockatiel'
import { HttpError } from '../../http/errors.ts'
import type { Recorder } from '../recorder.ts'

/** As many as one of the recorder's statements takes. */
const SLICE_ROWS = 500
/** Together they fill less than half of the recorder's queue: single boards find room beside them. */
const MAX_SLICES_AT_ONCE = 4
/** For a board for which there is no room, or no database, at the moment: after some six seconds it is given up. */
const RETRY = { maxAttempts: 5, backoff: new ExponentialBackoff({ initialDelay: 250, maxDelay: 2_000 }) }

/** A file of boards whose beginning was read. */
type OpenFile = {
  format: FileFormat
  /** All that came at once as one list. */
  entries: AsyncIterable<Entry[]>
  /** Why the file was not read to its end, once `entries` has ended. */
  fault: () => FileFault | undefined
}

type Batch = OpenFile & {
  userId: string
  /** The id of the board on this line, or of this item of JSON. */
  idOf: (number: number) => string
  /** Rejects when nothing more may be recorded. */
  authorize: () => Promise<unknown>
}

/**
 * Reads a body until its first board. Throws `invalid-input` where there is none that could be read, before anything
 * is recorded. The body is left open where `entries` is not read to its end.
 */
export async function openFile(body: Readable, isJsonLines: boolean): Promise<OpenFile> {
  const reader = new BoardFileReader(isJsonLines)
  const entries = readEntries(body, reader)
  const first = await entries.next()
  const { fault } = reader
  if (first.done && fault) {
    const message = fileFaultText(fault)
    throw new HttpError('invalid-input', message, { errors: [{ field: 'body', message, code: fault.code }] })
  }
  return {
    format: reader.format ?? { shape: 'text' },
    entries: first.done ? entries : startingWith(first.value, entries),
    fault: () => reader.fault,
  }
}

async function* readEntries(body: Readable, reader: BoardFileReader): AsyncGenerator<Entry[]> {
  for await (const chunk of body.iterator({ destroyOnReturn: false })) {
    const entries = reader.read(chunk)
    if (entries.length > 0) yield entries
    if (reader.fault) return
  }
  const last = reader.read(undefined)
  if (last.length > 0) yield last
}

async function* startingWith(first: Entry[], rest: AsyncIterable<Entry[]>): AsyncGenerator<Entry[]> {
  yield first
  yield* rest
}

/**
 * Solves and records the boards of batches, each a file that arrives.
 *
 * Promises: the answers come in the order of the file, a line of JSON each; what is no board has its own, and stops
 * nothing. What is answered is committed. The file is read no faster than its boards are recorded and the answers are
 * taken, so any length takes the same memory; a batch that waits for its sender holds nothing that others need. Where
 * the file cannot be read on, the last answer says why. A board that cannot be recorded (no database, no room for a while, signed out) ends the iteration with an
 * error: what was answered before counts, what follows is to be sent again.
 */
export function batchAnswers(recorder: Recorder): (batch: Batch) => AsyncGenerator<string> {
  const slots = bulkhead(MAX_SLICES_AT_ONCE, Number.POSITIVE_INFINITY)
  const retrying = retry(
    handleWhen((error) => error instanceof HttpError && error.status === 503),
    RETRY,
  )

  async function answer(entry: Entry, { userId, idOf }: Batch): Promise<BatchAnswer> {
    const { line, item } = entry
    const place = item === undefined ? { line } : { line, item }
    if ('fault' in entry) return { ...place, error: entryFaultText(entry.fault), code: entry.fault.code }
    const { board } = entry
    const { solvable, total, blockedAt } = solve(board)
    const id = idOf(item ?? line)
    try {
      await retrying.execute(() => recorder.record({ userId, id, board, total, playedJumps: null }))
    } catch (error) {
      if (!(error instanceof HttpError && error.type === 'idempotency-key-reused')) throw error
      return { ...place, error: error.message, code: 'idempotencyKeyReused' }
    }
    return { ...place, id, size: board.length, solvable, total, blockedAt }
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
    for await (const entries of batch.entries) yield* answerAll(entries, batch)
    const fault = batch.fault()
    if (!fault) return
    const error = `${fileFaultText(fault)} Nothing from this line on was read.`
    const answer: BatchAnswer = { line: 'line' in fault ? fault.line : 1, error, code: fault.code }
    yield `${JSON.stringify(answer)}\n`
  }
}
