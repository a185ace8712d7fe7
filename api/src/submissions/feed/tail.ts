import { setTimeout as wait } from 'node:timers/promises'
import type { Submission } from '@jotc/core/api/jotc'
import type { FastifyBaseLogger } from 'fastify'
import sql, { type Sql } from 'sql-template-tag'
import type { Database } from '../../database/database.ts'
import { sentBy } from '../filter.ts'
import { afterTime } from '../list/queries.ts'
import { COLUMNS, type Row, submissionOf } from '../repository.ts'
import type { Moment } from './events.ts'

/** Milliseconds between two looks at the table. */
const LOOK_EVERY = 400
/** Rows of one look; where there are more, the next look follows at once. */
const MOST_ROWS = 500
const FIRST_ID = '00000000-0000-0000-0000-000000000000'

export type Recorded = { userId: string; submission: Submission }

/**
 * The end of the table of submissions, as it grows, by whatever worker: looked at on a short timer while somebody
 * reads, one reading for all readers of this worker.
 *
 * Promises: every row that is committed is told once, in the order of (time, id), which is also the order in which
 * a reader resumes. A row's time is that of its statement, and statements commit in another order: so a look goes
 * only up to the time at which the oldest one that still writes began, and nothing turns up behind it afterwards.
 * A statement that is slow delays what comes after it, for the 10 s it may take at most. A database that is away
 * is asked again at the next look, and what was recorded around its absence is told then.
 *
 * There is nothing to announce, so nothing to lose: no LISTEN that dies unheard, no Redis that is gone.
 */
export function submissionTail(
  database: Database,
  log: Pick<FastifyBaseLogger, 'warn'>,
  tell: (recorded: Recorded[]) => void,
) {
  let stopping: AbortController | undefined
  let starting: Promise<void> | undefined
  let place: Moment | undefined

  async function start(): Promise<void> {
    const own = new AbortController()
    stopping = own
    const begin = await oldestWrite(database)
    if (own.signal.aborted) return
    place = begin
    void keepLooking(own.signal)
  }

  async function keepLooking(signal: AbortSignal): Promise<void> {
    while (await elapsed(LOOK_EVERY, signal)) {
      try {
        while (await look(signal));
      } catch (error) {
        log.warn({ err: error }, 'the live feed could not be read')
      }
    }
  }

  /** @returns whether there may be more */
  async function look(signal: AbortSignal): Promise<boolean> {
    const upTo = await oldestWrite(database)
    // A server whose clock was set back: what was told must not be told again.
    if (signal.aborted || place === undefined || upTo.createdAt <= place.createdAt) return false
    const rows = await readRecorded(database, undefined, place, upTo, MOST_ROWS)
    if (signal.aborted) return false
    const isFull = rows.length === MOST_ROWS
    place = isFull ? momentOf(rows.at(-1) as Recorded) : upTo
    tell(rows)
    return isFull
  }

  return {
    /** Resolves with the place from which all is told, from now on. */
    async follow(): Promise<Moment> {
      starting ??= start().catch((error) => {
        starting = undefined
        throw error
      })
      await starting
      return place as Moment
    },

    stop(): void {
      stopping?.abort()
      starting = undefined
      place = undefined
    },
  }
}

/** The rows between two places, both left out; only this account's when `userId` is given. */
export async function readRecorded(
  database: Database,
  userId: string | undefined,
  from: Moment,
  upTo: Moment,
  most: number,
): Promise<Recorded[]> {
  const rows = await database.query<Row & { userId: string }>(sql`
    select ${COLUMNS}, s.user_id as "userId"
    from submissions s join users u on u.id = s.user_id
    where ${between(userId, from, upTo)}
    order by s.created_at, s.id limit ${most}`)
  return rows.map(({ userId, ...row }) => ({ userId, submission: submissionOf(row) }))
}

/** Whether there are more rows than `most` between two places. */
export async function hasMoreThan(
  database: Database,
  most: number,
  userId: string | undefined,
  from: Moment,
  upTo: Moment,
): Promise<boolean> {
  const rows = await database.query(sql`
    select from submissions s where ${between(userId, from, upTo)}
    order by s.created_at, s.id offset ${most} limit 1`)
  return rows.length > 0
}

function between(userId: string | undefined, from: Moment, upTo: Moment): Sql {
  return sql`${sentBy(userId)} and ${afterTime('asc', from)} and ${afterTime('desc', upTo)}`
}

export function momentOf({ submission }: Recorded): Moment {
  return { createdAt: submission.createdAt, id: submission.id }
}

/** What the text of a statement that records is like; bound as a value, so that the one that asks is not found itself. */
const RECORDING = '%insert into submissions%'

/**
 * The place before which no row can turn up any more. It is asked before the rows are: whoever began earlier and is
 * not at work now has committed, so is seen. A statement's time is a moment older than its mention in the view.
 */
async function oldestWrite(database: Database): Promise<Moment> {
  const [row] = await database.query<{ createdAt: string }>(sql`
    select least(clock_timestamp(), min(xact_start)) - interval '50 milliseconds' as "createdAt"
    from pg_stat_activity
    where datname = current_database() and backend_type = 'client backend' and state <> 'idle'
      and query like ${RECORDING}`)
  return { createdAt: (row as { createdAt: string }).createdAt, id: FIRST_ID }
}

async function elapsed(pause: number, signal: AbortSignal): Promise<boolean> {
  await wait(pause, undefined, { signal, ref: false }).catch(() => {})
  return !signal.aborted
}
