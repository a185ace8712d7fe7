import sql, { type Sql } from 'sql-template-tag'
import type { Database } from '../../database/database.ts'
import { type Filter, matches } from '../filter.ts'
import { type AccountScope, accountScope } from '../list/account-scope.ts'
import { afterTime, mergePerAccount, type Order, orderBy, orderedRows, scanAndSkip } from '../list/queries.ts'
import type { ExportFormat } from './formats.ts'

/** As the list stands when it is opened: what is recorded meanwhile comes before its first row, so not into the file. */
const ORDER: Order = { sortBy: 'createdAt', sort: 'desc' }
const FIRST_ROWS = 100
const FEWEST_ROWS = 20
const MOST_ROWS = 2_000
/** UTF-16 units of a part that is aimed at. Boards can be a thousand times as long as others. */
const PART_SIZE = 256 * 1024

type Part = { text: string; rows: number; createdAt: string; id: string }

/**
 * The submissions of a filter as a file, newest first, in parts of some hundred kilobytes.
 *
 * Promises: one part is read ahead and none is kept, so a file of any length takes the memory of two. Each part is
 * a statement of its own: between parts, however slow the reader, no connection is held, and no old row is kept from
 * being vacuumed; a connection lost on the way is made up for. A part that cannot be read rejects the iteration.
 */
export async function* exportParts(database: Database, filter: Filter, format: ExportFormat): AsyncGenerator<string> {
  const scope = await accountScope(database, filter)
  const read = (before: Part | undefined) => readPart(database, rowsOf(scope, filter, before), format)
  let part = await read(undefined)
  yield format.head
  while (part) {
    const next = read(part)
    // Whether it fails matters when it is its turn: the reader may be gone by then.
    next.catch(() => {})
    yield part.text
    part = await next
  }
}

async function readPart(database: Database, rows: Sql, { line }: ExportFormat): Promise<Part | undefined> {
  const [part] = await database.query<Part | { text: null }>(sql`
    select string_agg(${line}, '' order by s.created_at desc, s.id desc) as text, count(*) as rows,
      min(s.created_at) as "createdAt", (array_agg(s.id order by s.created_at desc, s.id desc))[count(*)] as id
    from (
      select s.id, s.clouds, s.size, s.total, s.created_at, u.email
      from (${rows}) s join users u on u.id = s.user_id
      order by ${orderBy(ORDER)}
    ) s`)
  return part?.text == null ? undefined : (part as Part)
}

/** The rows after a part. Those of the list know only their keys; most exports are spared that way round. */
function rowsOf(scope: AccountScope, filter: Filter, before: Part | undefined): Sql {
  const size = sizeAfter(before)
  const straight = (mine: Sql) => sql`
    select s.* from submissions s
    where ${mine} and ${rowsAfter(filter, before)}
    order by ${orderBy(ORDER)} limit ${size}`
  if (scope.kind === 'everybody') return straight(sql`true`)
  if (scope.kind === 'accounts' && scope.userIds.length === 1) return straight(sql`s.user_id = ${scope.userIds[0]}`)
  const [page, rest] = [{ limit: size, offset: 0 }, rowsAfter(filter, before)]
  const keys =
    scope.kind === 'email'
      ? scanAndSkip(scope.part, orderedRows(ORDER, rest), ORDER, page)
      : mergePerAccount(scope, rest, ORDER, page)
  return sql`
    select s.* from (${keys}) as keys
    join submissions s on s.user_id = keys.user_id and s.id = keys.id`
}

function rowsAfter(filter: Filter, before: Part | undefined): Sql {
  return sql`${matches(filter)} and ${before ? afterTime('desc', before) : sql`true`}`
}

/** How many rows the next part has, if they are as long as those before. */
function sizeAfter(before: Part | undefined): number {
  if (before === undefined) return FIRST_ROWS
  const fitting = Math.floor((PART_SIZE * before.rows) / before.text.length)
  return Math.min(Math.max(fitting, FEWEST_ROWS), MOST_ROWS)
}
