import type { Submission } from '@jotc/core/api/jotc'
import type { FastifyBaseLogger } from 'fastify'
import sql, { type Sql } from 'sql-template-tag'
import type { Database } from '../../database/database.ts'
import { followTable, settledTime } from '../../database/follow-table.ts'
import { sentBy } from '../filter.ts'
import { afterTime } from '../list/queries.ts'
import { COLUMNS, type Row, submissionOf } from '../repository.ts'
import { FeedStream, isAfter, type Position, readyEvent, resetEvent, submissionEvent } from './stream.ts'

/** A reader that missed more than this is told to load the list again. */
const MAX_MISSED = 5_000
/** UTF-16 units in a page of events: for all readers, and for one that catches up. */
const TAIL_PAGE_SIZE = 256 * 1024
const MISSED_PAGE_SIZE = 64 * 1024
const MAX_PAGE_ROWS = 1_000
/** The size of an event without its clouds, roughly. */
const EVENT_SIZE = 250
/** Late rows are looked for among so many last ones. Up to `MAX_LATE` are sent; more of them cause a reset. */
const LATE_WITHIN_ROWS = 5_000
const MAX_LATE = 100
/** The range of reconnection delays: random, so that readers do not all come back at once. */
const MIN_RETRY_MS = 1_000
const MAX_RETRY_MS = 5_000
const FIRST_ID = '00000000-0000-0000-0000-000000000000'

type Reader = { userId: string | undefined; since: Position | undefined; stream: FeedStream; isListening: boolean }
type OwnedRow = Row & { userId: string }
type Recorded = { userId: string; submission: Submission }
type Tail = { readonly position: Position; stop(): void }

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

  function publishReset(position: Position): void {
    for (const { isListening, stream } of readers) if (isListening) void stream.send(resetEvent(position))
  }

  async function startTail(): Promise<Tail> {
    const settledUntil = settledTime(database, 'submissions', log)
    const published = new Set<string>()
    let position: Position | undefined
    let isStopped = false

    async function publishNew(maxAge: Sql): Promise<void> {
      const settled = { createdAt: await settledUntil(), id: FIRST_ID }
      if (position === undefined) {
        remember(await lateIds(database, settled, maxAge))
        position = settled
        return
      }
      const before = position
      await publishUntil(position, settled)
      const late = (await lateIds(database, before, maxAge)).filter((id) => !published.has(id))
      if (isStopped || late.length === 0) return
      const recorded = late.length > MAX_LATE ? undefined : await readByIds(database, late)
      if (isStopped) return
      remember(late)
      if (recorded) publish(recorded, position)
      else publishReset(position)
    }

    async function publishUntil(from: Position, settled: Position): Promise<void> {
      let reached = from
      // Never true after the server's clock was set back.
      while (!isStopped && isAfter(settled, reached)) {
        const { recorded, next } = await readPage(database, undefined, reached, settled, TAIL_PAGE_SIZE)
        if (isStopped) return
        reached = next ?? settled
        position = reached
        remember(recorded.map(({ submission }) => submission.id))
        publish(recorded)
      }
    }

    function remember(ids: string[]): void {
      for (const id of ids) published.add(id)
      for (const id of published) {
        if (published.size <= 2 * LATE_WITHIN_ROWS) break
        published.delete(id)
      }
    }

    const follower = followTable(database, 'submissions', publishNew, log)
    const stop = () => {
      isStopped = true
      follower.stop()
    }
    await follower.poll().catch((error) => {
      stop()
      throw error
    })
    return {
      get position() {
        return position as Position
      },
      stop,
    }
  }

  function follow(): Promise<Tail> {
    tail ??= startTail().catch((error) => {
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

type Page = {
  recorded: Recorded[]
  /** Where the next page begins; undefined if this is the last. */
  next: Position | undefined
}

/** Submissions after `from`, up to and including `upTo`. @param userId whose; undefined: everybody's */
async function readPage(
  database: Database,
  userId: string | undefined,
  from: Position,
  upTo: Position,
  maxSize: number,
): Promise<Page> {
  const rows = await database.query<OwnedRow>(sql`
    with page as (
      select id, sum(size + ${EVENT_SIZE}) over (order by created_at, id) - size as filled
      from (
        select s.id, s.created_at, s.size from submissions s where ${between(userId, from, upTo)}
        order by s.created_at, s.id limit ${MAX_PAGE_ROWS}
      ) s
    )
    select ${COLUMNS}, s.user_id as "userId"
    from page join submissions s on s.id = page.id join users u on u.id = s.user_id
    where page.filled <= ${maxSize}
    order by s.created_at, s.id`)
  const size = rows.reduce((sum, row) => sum + row.size + EVENT_SIZE, 0)
  const isCut = rows.length === MAX_PAGE_ROWS || size + EVENT_SIZE > maxSize
  return { recorded: rows.map(recordedOf), next: isCut ? rows.at(-1) : undefined }
}

async function hasMoreThan(
  database: Database,
  count: number,
  userId: string | undefined,
  from: Position,
  upTo: Position,
): Promise<boolean> {
  const rows = await database.query(sql`
    select from submissions s where ${between(userId, from, upTo)}
    order by s.created_at, s.id offset ${count} limit 1`)
  return rows.length > 0
}

function between(userId: string | undefined, from: Position, upTo: Position): Sql {
  return sql`${sentBy(userId)} and ${afterTime('asc', from)} and ${notAfter(upTo)}`
}

function notAfter({ createdAt, id }: Position): Sql {
  return sql`(s.created_at, s.id) <= (${createdAt}, ${id})`
}

/** Of the last rows up to a position, the ids of those that may have been committed since the last poll. */
async function lateIds(database: Database, upTo: Position, maxAge: Sql): Promise<string[]> {
  const rows = await database.query<{ id: string }>(sql`
    select id from (
      select s.id, s.xmin from submissions s where ${notAfter(upTo)}
      order by s.created_at desc, s.id desc limit ${LATE_WITHIN_ROWS}
    ) s
    where age(s.xmin) <= ${maxAge}`)
  return rows.map(({ id }) => id)
}

async function readByIds(database: Database, ids: string[]): Promise<Recorded[]> {
  const rows = await database.query<OwnedRow>(sql`
    select ${COLUMNS}, s.user_id as "userId"
    from submissions s join users u on u.id = s.user_id
    where s.id = any(${ids}::uuid[])
    order by s.created_at, s.id`)
  return rows.map(recordedOf)
}

function recordedOf({ userId, ...row }: OwnedRow): Recorded {
  return { userId, submission: submissionOf(row) }
}

function retryMs(): number {
  return Math.round(MIN_RETRY_MS + Math.random() * (MAX_RETRY_MS - MIN_RETRY_MS))
}
