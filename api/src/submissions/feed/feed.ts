import type { FeedEnd } from '@jotc/core/api/jotc'
import type { FastifyBaseLogger } from 'fastify'
import type { Database } from '../../database/database.ts'
import { endEvent, isAfter, type Moment, readyEvent, resetEvent, submissionEvent } from './events.ts'
import { FeedStream } from './stream.ts'
import { hasMoreThan, momentOf, type Recorded, readRecorded, submissionTail } from './tail.ts'

/** Who missed more than that is told to read the list anew. */
const MOST_MISSED = 5_000
const PAGE = 200
/** Milliseconds after which a reader who lost the connection comes back: by chance, so that not all come at once. */
const RETRY_FROM = 1_000
const RETRY_TO = 5_000

type Reader = { userId: string | undefined; since: Moment | undefined; stream: FeedStream; isListening: boolean }

/**
 * The live feed of one worker: each submission that is recorded from now on, by whatever worker, to each reader
 * whom it concerns, within a second.
 *
 * Promises: a reader gets each submission once and in order, also when it resumes with the id of the last event it
 * got, on this worker or another (feed-tail.ts says why that is so). The first event has an id already. Readers
 * that are gone, ended or cut off leave nothing behind; without readers nothing is read.
 */
export function liveFeed(database: Database, log: Pick<FastifyBaseLogger, 'warn'>) {
  const readers = new Set<Reader>()
  const tail = submissionTail(database, log, tell)
  let isClosing = false

  function tell(recorded: Recorded[]): void {
    for (const each of recorded) {
      const event = submissionEvent(each.submission)
      for (const reader of readers) if (concerns(reader, each)) reader.stream.send(event)
    }
  }

  async function sendMissed({ stream, userId }: Reader, since: Moment, upTo: Moment): Promise<void> {
    if (await hasMoreThan(database, MOST_MISSED, userId, since, upTo)) {
      await stream.sendFirst(resetEvent(upTo))
      return
    }
    let from = since
    let rows: Recorded[]
    do {
      rows = await readRecorded(database, userId, from, upTo, PAGE)
      const last = rows.at(-1)
      if (!last) return
      from = momentOf(last)
      await stream.sendFirst(rows.map(({ submission }) => submissionEvent(submission)).join(''))
    } while (rows.length === PAGE && !stream.destroyed)
  }

  async function begin(reader: Reader): Promise<void> {
    const { stream, since } = reader
    const upTo = await tail.follow()
    reader.isListening = true
    void stream.sendFirst(readyEvent(since ?? upTo, retryAfter()))
    if (since === undefined) stream.release()
    else {
      sendMissed(reader, since, upTo).then(
        () => stream.release(),
        (error) => stream.destroy(error),
      )
    }
  }

  return {
    /**
     * @param userId whose submissions; everybody's when undefined
     * @param since the last event that the reader got
     * @throws {HttpError} when the database cannot be asked
     */
    async open(userId: string | undefined, since: Moment | undefined): Promise<FeedStream> {
      const reader: Reader = { userId, since, stream: new FeedStream(), isListening: false }
      const leave = () => {
        if (readers.delete(reader) && readers.size === 0) tail.stop()
      }
      readers.add(reader)
      reader.stream.once('close', leave)
      if (isClosing) endFeed(reader.stream, 'closing')
      else {
        await begin(reader).catch((error) => {
          leave()
          throw error
        })
      }
      return reader.stream
    },

    close(): void {
      isClosing = true
      for (const { stream } of readers) endFeed(stream, 'closing')
    },
  }
}

export function endFeed(stream: FeedStream, reason: FeedEnd['reason']): void {
  stream.endWith(endEvent({ reason }))
}

/** A reader that comes from another worker may be ahead of this one. */
function concerns({ userId, since, isListening }: Reader, recorded: Recorded): boolean {
  if (!isListening || (userId !== undefined && userId !== recorded.userId)) return false
  return since === undefined || isAfter(momentOf(recorded), since)
}

function retryAfter(): number {
  return Math.round(RETRY_FROM + Math.random() * (RETRY_TO - RETRY_FROM))
}
