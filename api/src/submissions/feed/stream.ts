import { Readable } from 'node:stream'
import type { FeedEnd, Submission } from '@jotc/core/api/jotc'
import { invalidInput } from '../../http/errors.ts'
import { isInstant } from '../filter.ts'

/** A submission's position in the order of time. Readers resume after one. */
export type Position = { createdAt: string; id: string }

// Server-sent events (WHATWG HTML, 9.2). Only an event with an id moves the position from which a reader resumes.

const HEARTBEAT = ':\n\n'

/** The first event: everything recorded from here on follows. */
export function readyEvent(position: Position, retryMs: number): string {
  return `retry: ${retryMs}\nevent: ready\nid: ${eventId(position)}\ndata: {}\n\n`
}

/** @param isLate its position lies before that of events already sent, from which readers resume */
export function submissionEvent(submission: Submission, { isLate = false } = {}): string {
  const id = isLate ? '' : `id: ${eventId(submission)}\n`
  return `event: submission\n${id}data: ${JSON.stringify(submission)}\n\n`
}

/** Tells the reader to load the list again. What follows comes after `position`. */
export function resetEvent(position: Position): string {
  return `event: reset\nid: ${eventId(position)}\ndata: {}\n\n`
}

/** Whether a submission comes after another in the order of time. */
export function isAfter(one: Position, other: Position): boolean {
  return one.createdAt === other.createdAt ? one.id > other.id : one.createdAt > other.createdAt
}

/** Reads the header `Last-Event-ID`. @throws {HttpError} if it is not the id of a feed's event */
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

/** UTF-16 units in the buffer of a reader, and in a chunk that is passed to its connection. */
const MAX_BUFFERED = 512 * 1024
const MAX_CHUNK = 64 * 1024
const MAX_MISSED_BEATS = 4

/**
 * The events for one reader. A slow reader loses its buffer and gets a `reset`; one that reads nothing for four
 * heartbeats is cut off.
 */
export class FeedStream extends Readable {
  #buffer: string[] = []
  #size = 0
  #isReading = false
  #isEnding = false
  #missedBeats = 0
  #drained = Promise.withResolvers<void>()

  /** Sends an event. Resolves once the buffer is empty, or the stream closed. */
  async send(text: string): Promise<void> {
    if (this.destroyed || this.#isEnding) return
    this.#buffer.push(text)
    this.#size += text.length
    const { promise } = this.#drained
    this.#flush()
    await promise
  }

  /** Sends an event or, if the buffer is full, replaces it by a `reset`. @param position from which to resume then */
  sendOrReset(text: string, position: Position): void {
    const isFull = this.#size + text.length > MAX_BUFFERED
    if (isFull) this.#clear()
    void this.send(isFull ? resetEvent(position) : text)
  }

  /** Sends a heartbeat, or closes the stream if the reader has not read anything since the last few. */
  beat(): void {
    if (this.#buffer.length > 0 && ++this.#missedBeats > MAX_MISSED_BEATS) this.destroy()
    else void this.send(HEARTBEAT)
  }

  /** Sends a last event. */
  endWith(reason: FeedEnd['reason']): void {
    void this.send(`event: end\ndata: ${JSON.stringify({ reason })}\n\n`)
    this.#isEnding = true
    this.#flush()
  }

  override _read(): void {
    this.#isReading = true
    this.#flush()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#clear()
    this.#drained.resolve()
    done(error)
  }

  #clear(): void {
    this.#buffer = []
    this.#size = 0
  }

  #flush(): void {
    if (!this.#isReading || this.destroyed) return
    if (this.#buffer.length === 0) {
      if (this.#isEnding) this.push(null)
      return
    }
    this.#isReading = false
    this.#missedBeats = 0
    const chunk = this.#takeChunk()
    this.#size -= chunk.length
    if (this.#buffer.length === 0) {
      this.#drained.resolve()
      this.#drained = Promise.withResolvers()
    }
    this.push(chunk)
  }

  #takeChunk(): string {
    let count = 0
    let size = 0
    for (const { length } of this.#buffer) {
      if (count > 0 && size + length > MAX_CHUNK) break
      size += length
      count++
    }
    return this.#buffer.splice(0, count).join('')
  }
}
