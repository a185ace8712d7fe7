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

/** Together they fill less than half of the recorder's queue: single boards find room beside them. */
const MAX_SLICES_AT_ONCE = 4
/** For boards for which there is no room, or no database, at the moment: after some six seconds they are given up. */
const RETRY = { maxAttempts: 5, backoff: new ExponentialBackoff({ initialDelay: 250, maxDelay: 2_000 }) }

/** A file of boards whose beginning was read. */
type OpenFile = {
  format: FileFormat
  /** In the order of the file, as many at once as the recorder takes, or as have come so far. */
  slices: AsyncIterable<Entry[]>
  /** Whether more has come already. */
  hasMore: () => boolean
  /** Why the file was not read to its end, once `slices` have ended. */
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
 * is recorded. The body is left open where `slices` are not read to its end.
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

/** Where the slice ends that begins at this entry. */
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
 * Solves and records the boards of batches, each a file that arrives.
 *
 * Promises: the answers come in the order of the file, a line of JSON each; what is no board has its own, and stops
 * nothing. What is answered is committed. The file is read no faster than its boards are recorded and the answers are
 * taken, so any length takes the same memory; a batch that waits for its sender holds nothing that others need. Where
 * the file cannot be read on, the last answer says why. A board that cannot be recorded (no database, no room for a
 * while, signed out) ends the iteration with an error: what was answered before counts, what follows is to be sent again.
 */
export function batchAnswers(recorder: Recorder): (batch: Batch) => AsyncGenerator<string> {
  const slots = bulkhead(MAX_SLICES_AT_ONCE, Number.POSITIVE_INFINITY)
  const retrying = retry(
    handleWhen((error) => error instanceof HttpError && error.status === 503),
    RETRY,
  )

  /**
   * @returns why, for each id that was another submission's
   * @throws {HttpError} where there is no room or no database, or the account is gone
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
      // Whether it fails matters when it is its turn: who waits for it may be gone by then.
      answers.catch(() => {})
      if (before) yield await before
      before = answers
      // One slice is on its way into the database while the one before it is answered, if it has come by then.
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
