import type { Readable } from 'node:stream'
import type { BatchAnswer } from '@jotc/core/api/jotc'
import { BoardFileReader } from '@jotc/core/board-file'
import type { Entry, FileFormat } from '@jotc/core/board-file/entry'
import { entryFaultText, type FileFault, fileFaultText } from '@jotc/core/board-file/faults'
import { solve } from '@jotc/core/solver'
import { bulkhead, ExponentialBackoff, handleWhen, retry } from 'cockatiel'
import { HttpError } from '../../http/errors.ts'
import type { Entry as Recorded } from '../insert.ts'
import { type Recorder, SLICE_CLOUDS, SLICE_ROWS } from '../recorder.ts'

/** Together less than half of the recorder's queue, which leaves room for single boards. */
const MAX_CONCURRENT_SLICES = 4
/** For a full queue or an unavailable database: gives up after about six seconds. */
const RETRY = { maxAttempts: 5, backoff: new ExponentialBackoff({ initialDelay: 250, maxDelay: 2_000 }) }

/** A file of boards whose format is known. */
type OpenFile = {
  format: FileFormat
  /** In file order, each as large as the recorder takes, or as much as has arrived. */
  slices: AsyncIterable<Entry[]>
  /** Whether more has arrived already. */
  hasMore: () => boolean
  /** Why the file was not read to its end; known once `slices` have ended. */
  fault: () => FileFault | undefined
}

type Batch = OpenFile & {
  userId: string
  /** The id of the board on a line, or of a JSON item. */
  idOf: (number: number) => string
  /** Rejects if nothing more may be recorded. */
  authorize: () => Promise<unknown>
}

/**
 * Reads a body up to its first board. The body stays open if `slices` are not read to the end.
 *
 * @throws {HttpError} `invalid-input` if it is not a file of boards; nothing was recorded then
 */
export async function openFile(body: Readable, isJsonLines: boolean): Promise<OpenFile> {
  const reader = new BoardFileReader(isJsonLines)
  const slices = readSlices(body, reader)
  const first = await slices.next()
  const { fault } = reader
  if (first.done && fault) {
    const message = fileFaultText(fault)
    throw new HttpError('invalid-input', message, { errors: [{ field: 'body', message, code: fault.code }] })
  }
  return {
    format: reader.format ?? { shape: 'text' },
    slices: first.done ? slices : startingWith(first.value, slices),
    hasMore: () => body.readableLength > 0,
    fault: () => reader.fault,
  }
}

async function* readSlices(body: Readable, reader: BoardFileReader): AsyncGenerator<Entry[]> {
  let entries: Entry[] = []
  for await (const chunk of body.iterator({ destroyOnReturn: false })) {
    entries = entries.concat(reader.read(chunk))
    let from = 0
    while (from < entries.length) {
      const to = endOfSlice(entries, from)
      if (to === entries.length && body.readableLength > 0 && !reader.fault) break
      yield entries.slice(from, to)
      from = to
    }
    entries = entries.slice(from)
    if (reader.fault) return
  }
  entries = entries.concat(reader.read(undefined))
  for (let from = 0, to = 0; from < entries.length; from = to) {
    to = endOfSlice(entries, from)
    yield entries.slice(from, to)
  }
}

/** The end of the slice that begins at `from`. */
function endOfSlice(entries: readonly Entry[], from: number): number {
  let clouds = 0
  for (let to = from; to < entries.length; to++) {
    const entry = entries[to] as Entry
    if ('board' in entry) clouds += entry.board.length
    if (to === from + SLICE_ROWS || (to > from && clouds > SLICE_CLOUDS)) return to
  }
  return entries.length
}

async function* startingWith(first: Entry[], rest: AsyncIterable<Entry[]>): AsyncGenerator<Entry[]> {
  yield first
  yield* rest
}

/**
 * Solves and records the boards of batches, each a file that is still arriving.
 *
 * Promises (batch.test.ts):
 * - Answers come in file order, one line of JSON each. An entry that is no board gets an error and stops nothing.
 * - What is answered is committed.
 * - The file is read no faster than boards are recorded and answers read, so memory does not depend on its length. A
 *   batch that waits for its sender holds nothing that others need.
 * - If the rest of the file cannot be read, the last answer says why.
 * - If a board cannot be recorded (no database, queue full, signed out), the iteration ends with an error. Answers so far
 *   count; the client sends the rest again.
 */
export function batchAnswers(recorder: Recorder): (batch: Batch) => AsyncGenerator<string> {
  const slots = bulkhead(MAX_CONCURRENT_SLICES, Number.POSITIVE_INFINITY)
  const retrying = retry(
    handleWhen((error) => error instanceof HttpError && error.status === 503),
    RETRY,
  )

  /**
   * @returns the error of each id that belongs to another submission
   * @throws {HttpError} if the queue stays full, the database is unavailable, or the account is gone
   */
  async function record(boards: readonly Recorded[]): Promise<Map<string, HttpError>> {
    return await retrying.execute(async () => {
      const reused = new Map<string, HttpError>()
      for (const [index, outcome] of (await recorder.recordAll(boards)).entries()) {
        if (!('error' in outcome)) continue
        const { error } = outcome
        if (!(error instanceof HttpError && error.type === 'idempotency-key-reused')) throw error
        reused.set(boards[index]?.id as string, error)
      }
      return reused
    })
  }

  async function answerSlice(entries: readonly Entry[], { authorize, userId, idOf }: Batch): Promise<string> {
    await authorize()
    const boards: Recorded[] = []
    const answers = entries.map((entry): BatchAnswer => {
      const { line, item } = entry
      const place = item === undefined ? { line } : { line, item }
      if ('fault' in entry) return { ...place, error: entryFaultText(entry.fault), code: entry.fault.code }
      const { board } = entry
      const { solvable, total, blockedAt } = solve(board)
      const id = idOf(item ?? line)
      boards.push({ userId, id, board, total, playedJumps: null })
      return { ...place, id, size: board.length, solvable, total, blockedAt }
    })
    const reused = boards.length > 0 ? await record(boards) : new Map<string, HttpError>()
    let text = ''
    for (const answer of answers) {
      const error = 'id' in answer ? reused.get(answer.id) : undefined
      text += `${JSON.stringify(error ? notRecorded(answer, error) : answer)}\n`
    }
    return text
  }

  return async function* answersTo(batch) {
    let before: Promise<string> | undefined
    for await (const slice of batch.slices) {
      const answers = slots.execute(() => answerSlice(slice, batch))
      // Its failure is reported in its turn; until then it must not count as unhandled.
      answers.catch(() => {})
      if (before) yield await before
      before = answers
      // If the next slice has arrived, it is recorded while this one is answered.
      if (batch.hasMore()) continue
      yield await before
      before = undefined
    }
    if (before) yield await before
    const fault = batch.fault()
    if (!fault) return
    const error = `${fileFaultText(fault)} Nothing from this line on was read.`
    const answer: BatchAnswer = { line: 'line' in fault ? fault.line : 1, error, code: fault.code }
    yield `${JSON.stringify(answer)}\n`
  }
}

function notRecorded({ line, item }: BatchAnswer, { message }: HttpError): BatchAnswer {
  return { line, ...(item !== undefined && { item }), error: message, code: 'idempotencyKeyReused' }
}
