import type { FastifyBaseLogger } from 'fastify'
import type { Sql } from 'sql-template-tag'
import type { Database } from '../../database/database.ts'
import { followTable, settledTime } from '../../database/follow-table.ts'
import { LATE_WITHIN_ROWS, lateIds, type Recorded, readByIds, readPage } from './queries.ts'
import { isAfter, type Position } from './stream.ts'

/** UTF-16 units of the events in a page. */
const PAGE_SIZE = 256 * 1024
/** Up to so many late submissions are sent; more of them cause a reset. */
const MAX_LATE = 100
const FIRST_ID = '00000000-0000-0000-0000-000000000000'

/** `position`: everything up to it has been published. */
export type Tail = { readonly position: Position; stop(): void }

type Sink = {
  /** @param resumeFrom for late submissions: the position that readers have reached */
  publish(recorded: Recorded[], resumeFrom?: Position): void
  /** Too many are late: readers have to load the list again. */
  reset(position: Position): void
}

/**
 * Follows the end of the table, and publishes each new submission once, in the order of (time, id). One that appears
 * behind the position is published as late, if it is among the last rows.
 *
 * @returns once the position is known
 */
export async function startTail(
  database: Database,
  log: Pick<FastifyBaseLogger, 'warn'>,
  { publish, reset }: Sink,
): Promise<Tail> {
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
    else reset(position)
  }

  async function publishUntil(from: Position, settled: Position): Promise<void> {
    let reached = from
    // Never true after the server's clock was set back.
    while (!isStopped && isAfter(settled, reached)) {
      const { recorded, next } = await readPage(database, undefined, reached, settled, PAGE_SIZE)
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
