import { setTimeout as wait } from 'node:timers/promises'
import type { BatchAnswer } from '@jotc/core/api/jotc'
import type { Board } from '@jotc/core/board'
import { solve } from '@jotc/core/solver'
import { HttpError } from '../../http/errors.ts'
import type { Recorder } from '../recorder.ts'
import type { Entry, Reader } from './boards.ts'
import type { Line } from './lines.ts'

/** As many as one of the recorder's statements takes. */
const SLICE = 500
/** Milliseconds until a board for which there was no room is tried again, and how long that goes on. */
const PAUSE = 250
const TRY_AGAIN_FOR = 5_000

export type Batch = {
  /** All that came at once as one list. */
  lines: AsyncIterable<Line[]>
  reader: Reader
  userId: string
  /** The id of the board on this line. */
  idOf: (line: number) => string
}

/**
 * Solves and records the boards of lines as they arrive.
 *
 * Promises: the answers come in the order of the lines, a line of JSON each; a line that is no board has its own,
 * and stops nothing. What is answered is committed. The lines are read no faster than its boards are recorded and the
 * answers are taken, so any length takes the same memory. A board that cannot be recorded (no database, or no room
 * for a while) ends the iteration with an error: what was answered before counts, what follows is to be sent again.
 */
export async function* answersTo({ lines, reader, userId, idOf }: Batch, recorder: Recorder): AsyncGenerator<string> {
  const answer = async (entry: Entry): Promise<BatchAnswer> => {
    if ('error' in entry) return entry
    const { line, board } = entry
    const { solvable, total, blockedAt } = solve(board)
    const id = idOf(line)
    const error = await recordWithRetries(recorder, { userId, id, board, total })
    return error === undefined ? { line, id, size: board.length, solvable, total, blockedAt } : { line, error }
  }

  function* slices(entries: Entry[]): Generator<Promise<string>> {
    for (let from = 0; from < entries.length; from += SLICE) {
      yield Promise.all(entries.slice(from, from + SLICE).map(answer)).then(linesOfJson)
    }
  }

  /** Of all that came at once, one slice is on its way into the database while the one before it is answered. */
  async function* answersOf(entries: Entry[]): AsyncGenerator<string> {
    let before: Promise<string> | undefined
    for (const answers of slices(entries)) {
      // Whether it fails matters when it is its turn: who waits for it may be gone by then.
      answers.catch(() => {})
      if (before) yield await before
      before = answers
    }
    if (before) yield await before
  }

  for await (const arrived of lines) yield* answersOf(arrived.flatMap(reader.read))
  yield* answersOf(reader.end())
}

/** @returns why this board, and it alone, is refused; undefined when it is committed */
async function recordWithRetries(
  recorder: Recorder,
  entry: { userId: string; id: string; board: Board; total: number | null },
): Promise<string | undefined> {
  const begun = performance.now()
  for (;;) {
    try {
      await recorder.record(entry)
      return undefined
    } catch (error) {
      if (!(error instanceof HttpError)) throw error
      if (error.type === 'idempotency-key-reused') return error.message
      if (error.status !== 503 || performance.now() - begun > TRY_AGAIN_FOR) throw error
      await wait(PAUSE * (0.5 + Math.random()))
    }
  }
}

function linesOfJson(answers: BatchAnswer[]): string {
  return answers.map((answer) => `${JSON.stringify(answer)}\n`).join('')
}
