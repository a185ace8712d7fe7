import type { BatchAnswer } from '@jotc/core/api/jotc'
import type { ShownProblem } from '#api/client.ts'
import type { Slice } from './slices.ts'

export type LineError = Extract<BatchAnswer, { error: string }>
/** With the slice that it stands in, for the board itself. */
export type Solved = Exclude<BatchAnswer, { error: string }> & { slice: Slice }

export type Progress = {
  /** `waiting` goes on by itself, `paused` and `failed` when asked to. What is over does not go on. */
  phase: 'reading' | 'waiting' | 'paused' | 'failed' | 'stopped' | 'done'
  isOver: boolean
  /** How many boards the file has; undefined until they are counted. */
  total: number | undefined
  read: number
  solvable: number
  blocked: number
  errors: number
  /** Boards a second; undefined until it can be told. */
  rate: number | undefined
  /** The last that were answered, newest first. */
  latest: readonly Solved[]
  /** The first lines that are no board. */
  firstErrors: readonly LineError[]
  problem: ShownProblem | undefined
}

export const NOTHING_READ: Progress = {
  phase: 'reading',
  isOver: false,
  total: undefined,
  read: 0,
  solvable: 0,
  blocked: 0,
  errors: 0,
  rate: undefined,
  latest: [],
  firstErrors: [],
  problem: undefined,
}

const LATEST = 9
const FIRST_ERRORS = 20

/** The progress with one answer more. */
export function withAnswer(progress: Progress, slice: Slice, answer: BatchAnswer): Progress {
  const read = progress.read + 1
  if ('error' in answer) {
    const { firstErrors } = progress
    return {
      ...progress,
      read,
      errors: progress.errors + 1,
      firstErrors: firstErrors.length < FIRST_ERRORS ? [...firstErrors, answer] : firstErrors,
    }
  }
  return {
    ...progress,
    read,
    solvable: progress.solvable + (answer.solvable ? 1 : 0),
    blocked: progress.blocked + (answer.solvable ? 0 : 1),
    latest: [{ ...answer, slice }, ...progress.latest.slice(0, LATEST - 1)],
  }
}

/** Seconds until all is read; undefined while it cannot be told. */
export function secondsLeft({ total, read, rate }: Progress): number | undefined {
  if (total === undefined || !rate) return undefined
  return Math.ceil(Math.max(0, total - read) / rate)
}
