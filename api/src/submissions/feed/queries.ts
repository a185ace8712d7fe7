import type { Submission } from '@jotc/core/api/jotc'
import sql, { type Sql } from 'sql-template-tag'
import type { Database } from '../../database/database.ts'
import { sentBy } from '../filter.ts'
import { afterTime } from '../list/queries.ts'
import { COLUMNS, type Row, submissionOf } from '../repository.ts'
import type { Position } from './stream.ts'

const MAX_PAGE_ROWS = 1_000
/** The size of an event without its clouds, roughly. */
const EVENT_SIZE = 250
/** Late rows are looked for among so many last ones. */
export const LATE_WITHIN_ROWS = 5_000

export type Recorded = { userId: string; submission: Submission }
type OwnedRow = Row & { userId: string }

type Page = {
  recorded: Recorded[]
  /** Where the next page begins; undefined if this is the last. */
  next: Position | undefined
}

/**
 * Submissions after `from`, up to and including `upTo`, oldest first.
 *
 * @param userId whose; undefined: everybody's
 * @param maxSize UTF-16 units of their events, roughly
 */
export async function readPage(
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

/** Whether more than `count` submissions lie between two positions. */
export async function hasMoreThan(
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
export async function lateIds(database: Database, upTo: Position, maxAge: Sql): Promise<string[]> {
  const rows = await database.query<{ id: string }>(sql`
    select id from (
      select s.id, s.xmin from submissions s where ${notAfter(upTo)}
      order by s.created_at desc, s.id desc limit ${LATE_WITHIN_ROWS}
    ) s
    where age(s.xmin) <= ${maxAge}`)
  return rows.map(({ id }) => id)
}

export async function readByIds(database: Database, ids: string[]): Promise<Recorded[]> {
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
