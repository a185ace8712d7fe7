import { isRowOf, isStatedCount } from '@jotc/core/stated-count'
import { newIdempotencyKey } from '#api/idempotency-key.ts'
import { linesOf } from './lines.ts'

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
/** Blank lines count too: a file of nothing else must not fill the memory. */
const MOST_LINES = 20_000
/** More than the longest board with blanks between its clouds; the service refuses it, and it alone. */
const LONGEST_LINE = 128 * 1024

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
  /** A line that may say how many clouds follow. */
  #count: string | undefined

  get isEmpty(): boolean {
    return this.#lines.length === 0
  }

  /** @returns whether it is time to cut */
  add(line: string): boolean {
    this.#lines.push(line)
    this.#characters += line.length
    // A count and its board may have blank lines between them.
    if (line.trim() !== '') this.#addBoard(line)
    const filled = Math.max(
      this.#boards / MOST_BOARDS,
      this.#characters / MOST_CHARACTERS,
      this.#lines.length / MOST_LINES,
    )
    // Counts without a board after them must not fill the memory either.
    return filled >= 2 || (filled >= 1 && this.#count === undefined)
  }

  #addBoard(line: string): void {
    this.#type ??= typeOf(line)
    const stated = this.#count
    this.#count = this.#type === 'text/plain' && isStatedCount(line) ? line : undefined
    // A count is one board with its row; where no row follows on it, it is one by itself.
    if (this.#count === undefined) this.#boards++
    if (stated !== undefined && (this.#count !== undefined || !isRowOf(stated, line))) this.#boards++
  }

  cut(): Slice {
    const slice: Slice = {
      key: newIdempotencyKey(),
      type: this.#type ?? 'text/plain',
      firstLine: this.#firstLine,
      lines: this.#lines,
      boards: this.#boards + (this.#count === undefined ? 0 : 1),
    }
    this.#firstLine += this.#lines.length
    this.#lines = []
    this.#characters = 0
    this.#boards = 0
    this.#count = undefined
    return slice
  }
}

/**
 * What is sent of a slice: JSON, a board on each of its lines. The service does not know HackerRank's two lines: they
 * are sent as one text on the first of them.
 */
export function bodyOf({ type, lines }: Pick<Slice, 'type' | 'lines'>): string {
  if (type === 'application/x-ndjson') return lines.join('\n')
  const sent = lines.map((line) => (line.trim() === '' ? '' : JSON.stringify(line)))
  let countAt: number | undefined
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') continue
    const count = countAt === undefined ? undefined : lines[countAt]
    if (isStatedCount(line)) countAt = at
    else if (countAt !== undefined && count !== undefined && isRowOf(count, line)) {
      sent[countAt] = JSON.stringify(`${count}\n${line}`)
      sent[at] = ''
      countAt = undefined
    } else countAt = undefined
  }
  return sent.join('\n')
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
