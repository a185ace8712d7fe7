import { Readable } from 'node:stream'
import type { FeedEnd, Submission } from '@jotc/core/api/jotc'
import { invalidInput } from '../../http/errors.ts'
import { isInstant } from '../filter.ts'

/** A submission's position in the order of time, from which a reader resumes. */
export type Position = { createdAt: string; id: string }

/** Server-sent events (WHATWG HTML, 9.2). Only those with an id move the position from which a reader resumes. */
const HEARTBEAT = ':\n\n'

/** The first event: what is recorded from here on follows. */
export function readyEvent(position: Position, retryMs: number): string {
  return `retry: ${retryMs}\nevent: ready\nid: ${eventId(position)}\ndata: {}\n\n`
}

/** @param isLate it comes behind others that were sent before: resuming goes on from those */
export function submissionEvent(submission: Submission, { isLate = false } = {}): string {
  const id = isLate ? '' : `id: ${eventId(submission)}\n`
  return `event: submission\n${id}data: ${JSON.stringify(submission)}\n\n`
}

/** Too much was missed to be sent: the list is to be loaded again. What follows comes after `position`. */
export function resetEvent(position: Position): string {
  return `event: reset\nid: ${eventId(position)}\ndata: {}\n\n`
}

/** Whether a submission comes after another in the order of time. */
export function isAfter(one: Position, other: Position): boolean {
  return one.createdAt === other.createdAt ? one.id > other.id : one.createdAt > other.createdAt
}

/** Reads the header `Last-Event-ID`. @throws {HttpError} when it is not the id of an event of a feed */
export function readEventId(id: string): Position {
  const [, createdAt, submissionId] = EVENT_ID.exec(id) ?? []
  if (createdAt === undefined || submissionId === undefined || !isInstant(createdAt)) {
    throw invalidInput([{ field: 'last-event-id', message: 'Use the id of an event of this feed as “Last-Event-ID”.' }])
  }
  return { createdAt, id: submissionId }
}

const EVENT_ID = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

function eventId({ createdAt, id }: Position): string {
  return `${createdAt}_${id}`
}

/** UTF-16 units that may wait for a reader, and that are handed to the connection at a time. */
const MAX_WAITING = 512 * 1024
const MAX_PIECE = 64 * 1024
const MAX_UNTAKEN_BEATS = 4

/**
 * Events on their way to one reader. One that is slow loses what waits and is told so; one that takes nothing for
 * four heartbeats is cut off.
 */
export class FeedStream extends Readable {
  #waiting: string[] = []
  #size = 0
  #isAsked = false
  #isEnding = false
  #untakenBeats = 0
  #allTaken = Promise.withResolvers<void>()

  /** Sends. Resolves when all that waits has been taken, or the stream is over. */
  async send(text: string): Promise<void> {
    if (this.destroyed || this.#isEnding) return
    this.#waiting.push(text)
    this.#size += text.length
    const { promise } = this.#allTaken
    this.#flush()
    await promise
  }

  /** Sends, or drops all that waits where that is too much, and says so. @param position from which to resume then */
  sendOrReset(text: string, position: Position): void {
    const isTooMuch = this.#size + text.length > MAX_WAITING
    if (isTooMuch) this.#drop()
    void this.send(isTooMuch ? resetEvent(position) : text)
  }

  /** To be called every 15 s. */
  beat(): void {
    if (this.#waiting.length > 0 && ++this.#untakenBeats > MAX_UNTAKEN_BEATS) this.destroy()
    else void this.send(HEARTBEAT)
  }

  /** Sends a last event. */
  endWith(reason: FeedEnd['reason']): void {
    void this.send(`event: end\ndata: ${JSON.stringify({ reason })}\n\n`)
    this.#isEnding = true
    this.#flush()
  }

  override _read(): void {
    this.#isAsked = true
    this.#flush()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#drop()
    this.#allTaken.resolve()
    done(error)
  }

  #drop(): void {
    this.#waiting = []
    this.#size = 0
  }

  #flush(): void {
    if (!this.#isAsked || this.destroyed) return
    if (this.#waiting.length === 0) {
      if (this.#isEnding) this.push(null)
      return
    }
    this.#isAsked = false
    this.#untakenBeats = 0
    const piece = this.#takePiece()
    this.#size -= piece.length
    if (this.#waiting.length === 0) {
      this.#allTaken.resolve()
      this.#allTaken = Promise.withResolvers()
    }
    this.push(piece)
  }

  #takePiece(): string {
    let count = 0
    let size = 0
    for (const { length } of this.#waiting) {
      if (count > 0 && size + length > MAX_PIECE) break
      size += length
      count++
    }
    return this.#waiting.splice(0, count).join('')
  }
}
