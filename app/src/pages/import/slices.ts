import { v7 } from 'uuid'
import { linesOf } from '../../kit/lines.ts'

export type Slice = {
  /** A UUID from which the service makes the ids of its boards: sent again, they are recorded once. */
  key: string
  /** How the boards are written. */
  type: 'text/plain' | 'application/x-ndjson'
  /** The number of its first line in the file, from 1. */
  firstLine: number
  lines: readonly string[]
  boards: number
}

const MOST_BOARDS = 500
const MOST_CHARACTERS = 256 * 1024
/** Blank lines count too: a file of nothing else shall not fill the memory. */
const MOST_LINES = 20_000
/** More than the longest board with blanks between its clouds; the service refuses it, and it alone. */
const LONGEST_LINE = 128 * 1024
const STATED_COUNT = /^\s*[1-9]\d*\s*$/

/**
 * Cuts a file into slices at line ends, as it is read: some hundred boards each, so that progress is seen and
 * little is lost with a connection. HackerRank's two lines of one board stay together.
 */
export async function* slicesOf(file: Blob): AsyncGenerator<Slice> {
  const slicer = new Slicer()
  for await (const lines of linesOf(file.stream(), LONGEST_LINE)) {
    for (const line of lines) if (slicer.add(line)) yield slicer.cut()
  }
  if (!slicer.isEmpty) yield slicer.cut()
}

class Slicer {
  #type: Slice['type'] | undefined
  #firstLine = 1
  #lines: string[] = []
  #characters = 0
  #boards = 0
  #awaitsBoard = false

  get isEmpty(): boolean {
    return this.#lines.length === 0
  }

  /** @returns whether it is time to cut */
  add(line: string): boolean {
    this.#lines.push(line)
    this.#characters += line.length
    if (line.trim() !== '') {
      this.#type ??= typeOf(line)
      // Its board may stand below blank lines.
      this.#awaitsBoard = STATED_COUNT.test(line)
      if (!this.#awaitsBoard) this.#boards++
    }
    const isLarge = this.#characters >= MOST_CHARACTERS || this.#lines.length >= MOST_LINES
    return !this.#awaitsBoard && (this.#boards >= MOST_BOARDS || isLarge)
  }

  cut(): Slice {
    const slice: Slice = {
      key: v7(),
      type: this.#type ?? 'text/plain',
      firstLine: this.#firstLine,
      lines: this.#lines,
      boards: this.#boards + (this.#awaitsBoard ? 1 : 0),
    }
    this.#firstLine += this.#lines.length
    this.#lines = []
    this.#characters = 0
    this.#boards = 0
    return slice
  }
}

/** The first character says it: an object or a text of JSON. An array is read in plain text as well. */
function typeOf(line: string): Slice['type'] {
  return /^\s*[{"]/.test(line) ? 'application/x-ndjson' : 'text/plain'
}

/** How many boards there are in a file. */
export async function countBoards(file: Blob, signal: AbortSignal): Promise<number> {
  let boards = 0
  for await (const slice of slicesOf(file)) {
    if (signal.aborted) break
    boards += slice.boards
  }
  return boards
}
