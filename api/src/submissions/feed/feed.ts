import type { FastifyBaseLogger } from 'fastify'
import type { Database } from '../../database/database.ts'
import { hasMoreThan, type Recorded, readPage } from './queries.ts'
import { FeedStream, isAfter, type Position, readyEvent, resetEvent, submissionEvent } from './stream.ts'
import { startTail, type Tail } from './tail.ts'

/** A reader that missed more than this is told to load the list again. */
const MAX_MISSED = 5_000
/** UTF-16 units of the events in a page for one reader that catches up. */
const MISSED_PAGE_SIZE = 64 * 1024
/** The range of reconnection delays: random, so that readers do not all come back at once. */
const MIN_RETRY_MS = 1_000
const MAX_RETRY_MS = 5_000

type Reader = { userId: string | undefined; since: Position | undefined; stream: FeedStream; isListening: boolean }

/**
 * The live feed of one worker: sends each new submission, whoever writes it, to the readers who may see it, within a
 * second of its commit. While there are readers, the tail of the table is read once for all of them.
 *
 * Promises (feed.test.ts): a reader gets each submission once, in the order of (time, id), also when it resumes after
 * its last event, on this worker or another. So a submission is held back while an earlier one may still be committed,
 * for up to 15 s (follow-table.ts).
 *
 * A submission that still appears late (its time was set by hand, or its transaction took longer) is sent at once,
 * without an id, if it is among the last 5,000. Readers get it once, but one that resumes at that moment may miss it. A
 * reader that is too slow loses its backlog and gets a `reset`.
 */
export function liveFeed(database: Database, log: Pick<FastifyBaseLogger, 'warn'>) {
  const readers = new Set<Reader>()
  let tail: Promise<Tail> | undefined
  let isClosing = false

  /** @param resumeFrom for late submissions: the position that readers have reached */
  function publish(recorded: Recorded[], resumeFrom?: Position): void {
    for (const { userId, submission } of recorded) {
      const event = submissionEvent(submission, { isLate: resumeFrom !== undefined })
      for (const reader of readers) {
        if (!reader.isListening || (reader.userId ?? userId) !== userId) continue
        if (resumeFrom === undefined && reader.since && !isAfter(submission, reader.since)) continue
        reader.stream.sendOrReset(event, resumeFrom ?? submission)
      }
    }
  }

  function reset(position: Position): void {
    for (const { isListening, stream } of readers) if (isListening) void stream.send(resetEvent(position))
  }

  function follow(): Promise<Tail> {
    tail ??= startTail(database, log, { publish, reset }).catch((error) => {
      tail = undefined
      throw error
    })
    return tail
  }

  function leave(reader: Reader): void {
    if (!readers.delete(reader) || readers.size > 0) return
    tail?.then(({ stop }) => stop()).catch(() => {})
    tail = undefined
  }

  /** Sends what the reader has missed, page by page, until it has reached the tail. */
  async function catchUp(reader: Reader, since: Position, following: Tail): Promise<void> {
    const { stream, userId } = reader
    let reached = since
    if (await hasMoreThan(database, MAX_MISSED, userId, since, following.position)) {
      reached = following.position
      await stream.send(resetEvent(reached))
    }
    while (!stream.destroyed) {
      const { position } = following
      const { recorded, next } = await readPage(database, userId, reached, position, MISSED_PAGE_SIZE)
      if (recorded.length > 0) await stream.send(recorded.map(({ submission }) => submissionEvent(submission)).join(''))
      const end = next ?? position
      // A reader from another worker may be ahead of this one.
      if (isAfter(end, reached)) reached = end
      if (next === undefined && position === following.position) break
    }
    reader.isListening = true
  }

  async function begin(reader: Reader): Promise<void> {
    const { stream, since } = reader
    const following = await follow()
    void stream.send(readyEvent(since ?? following.position, retryMs()))
    if (since === undefined) reader.isListening = true
    else catchUp(reader, since, following).catch((error) => stream.destroy(error))
  }

  return {
    /**
     * @param userId whose submissions; undefined: everybody's
     * @param since the reader's last event
     * @throws {HttpError} `database-unavailable` or `overloaded`
     */
    async open(userId: string | undefined, since: Position | undefined): Promise<FeedStream> {
      const stream = new FeedStream()
      const reader: Reader = { userId, since, stream, isListening: false }
      readers.add(reader)
      stream.once('close', () => leave(reader))
      if (isClosing) stream.endWith('closing')
      else {
        await begin(reader).catch((error) => {
          leave(reader)
          throw error
        })
      }
      return stream
    },

    close(): void {
      isClosing = true
      for (const { stream } of readers) stream.endWith('closing')
    },
  }
}

function retryMs(): number {
  return Math.round(MIN_RETRY_MS + Math.random() * (MAX_RETRY_MS - MIN_RETRY_MS))
}
