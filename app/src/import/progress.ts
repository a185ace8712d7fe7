import type { Board } from '@jotc/core/board'
import type { FileFormat } from '@jotc/core/board-file/entry'
import type { ShownProblem } from '#api/client.ts'

/** In a JSON text a board has a number among its items, which tells more than its line. */
type Place = { line: number; item?: number }

/** A board that was answered. */
export type Solved = Place & {
  clouds: Board
  id: string
  size: number
  solvable: boolean
  total: number | null
  blockedAt: number | null
}
/** Where no board could be read or saved, and why, as a sentence of the page. */
export type Unread = Place & { error: string; code: string }

/** What is wrong in the same words, with how often and where. */
export type UnreadGroup = {
  error: string
  count: number
  /** Of the first of them, by line, or by item where there are items. */
  places: readonly number[]
}

export type Progress = {
  /** `waiting` goes on by itself, `paused` and `failed` when asked to. What is over does not go on. */
  phase: 'reading' | 'waiting' | 'paused' | 'failed' | 'stopped' | 'refused' | 'done'
  isOver: boolean
  /** What the file was taken for; undefined until it was read to its end. */
  format: FileFormat | undefined
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
  /** In the order in which they were met; what is met after the hundredth sentence is only counted. */
  unread: readonly UnreadGroup[]
  problem: ShownProblem | undefined
}

export const NOTHING_READ: Progress = {
  phase: 'reading',
  isOver: false,
  format: undefined,
  total: undefined,
  read: 0,
  solvable: 0,
  blocked: 0,
  errors: 0,
  rate: undefined,
  latest: [],
  unread: [],
  problem: undefined,
}

const LATEST = 9
const MOST_GROUPS = 100
const MOST_PLACES = 12

/** The progress with one board more, or one place where none could be read. */
export function withResult(progress: Progress, result: Solved | Unread): Progress {
  const read = progress.read + 1
  if ('error' in result) {
    return { ...progress, read, errors: progress.errors + 1, unread: withUnread(progress.unread, result) }
  }
  return {
    ...progress,
    read,
    solvable: progress.solvable + (result.solvable ? 1 : 0),
    blocked: progress.blocked + (result.solvable ? 0 : 1),
    latest: [result, ...progress.latest.slice(0, LATEST - 1)],
  }
}

function withUnread(groups: Progress['unread'], { line, item, error }: Unread): Progress['unread'] {
  const at = groups.findIndex((group) => group.error === error)
  const place = item ?? line
  const { count, places } = groups[at] ?? { count: 0, places: [] }
  const group = { error, count: count + 1, places: places.length < MOST_PLACES ? [...places, place] : places }
  if (at >= 0) return groups.with(at, group)
  return groups.length < MOST_GROUPS ? [...groups, group] : groups
}

/** Seconds until all is read; undefined while it cannot be told. */
export function secondsLeft({ total, read, rate }: Progress): number | undefined {
  if (total === undefined || !rate) return undefined
  return Math.ceil(Math.max(0, total - read) / rate)
}

const SPAN_MS = 5000

/** How fast something goes: over the last five seconds, so that a pause or a slow start is soon forgotten. */
export class Pace {
  #samples: { at: number; count: number }[] = []

  /** @param at milliseconds of a clock that never goes back @param count how many there are by now */
  note(at: number, count: number): void {
    this.#samples.push({ at, count })
    const recent = this.#samples.findIndex((sample) => at - sample.at <= SPAN_MS)
    // The last one before the span stays, so that there is always a span to measure.
    this.#samples.splice(0, Math.max(0, recent - 1))
  }

  /** After a break, whose time does not count. */
  restart(): void {
    this.#samples = []
  }

  /** How many a second; undefined until there is enough to tell. */
  get rate(): number | undefined {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)]
    if (!first || !last || last.at - first.at < 100) return undefined
    return ((last.count - first.count) * 1000) / (last.at - first.at)
  }
}
