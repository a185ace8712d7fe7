import { bulkhead } from 'cockatiel'
import sql, { type Sql } from 'sql-template-tag'
import type { Database } from '../../database/database.ts'
import { type Filter, matches } from '../filter.ts'
import { type AccountScope, accountScope } from '../list/account-scope.ts'
import {
  afterTime,
  indexScan,
  mergePerAccount,
  type Order,
  orderBy,
  orderedRows,
  type Page,
  scanAndSkip,
} from '../list/queries.ts'

/** As the list stands when it is opened: what is recorded meanwhile comes before its first row, so not into the file. */
const ORDER: Order = { sortBy: 'createdAt', sort: 'desc' }
const FIRST_ROWS = 100
const MIN_ROWS = 20
const MAX_ROWS = 5_000
/** Bytes of a part that are aimed at. Boards can be a thousand times as long as others. */
const PART_BYTES = 512 * 1024
/** Of all exports of a worker: of the three connections for reading that there are by default, one stays for others. */
const MAX_PARTS_AT_ONCE = 2

type Export = {
  database: Database
  filter: Filter
  format: ExportFormat
  /** Rejects when nothing more may be read. */
  authorize: () => Promise<void>
}
type Part = { text: Buffer; rows: number; createdAt: string; id: string }

/**
 * The submissions of a filter as a file, newest first, in parts of some hundred kilobytes.
 *
 * Promises: one part is read ahead and none is kept, so a file of any length takes the memory of two. Each part is
 * a statement of its own: between parts, however slow the reader, no connection is held, and no old row is kept from
 * being vacuumed; a connection lost on the way is made up for. A part that cannot be read rejects the iteration, and
 * so does one that may not be read any more.
 */
export function exportParts(): (asked: Export) => AsyncGenerator<string | Buffer> {
  const slots = bulkhead(MAX_PARTS_AT_ONCE, Number.POSITIVE_INFINITY)
  return async function* partsOf({ database, filter, format, authorize }) {
    const scope = await accountScope(database, filter)
    const read = (before: Part | undefined) =>
      slots.execute(() => readPart(database, rowsOf(scope, filter, before), format))
    let part = await read(undefined)
    yield format.head
    while (part) {
      const next = read(part)
      // Whether it fails matters when it is its turn: the reader may be gone by then.
      next.catch(() => {})
      await authorize()
      yield part.text
      part = await next
    }
  }
}

async function readPart(database: Database, rows: Sql, { line }: ExportFormat): Promise<Part | undefined> {
  const [row = []] = await database.queryBytes(sql`
    select string_agg(s.line, ''), count(*)::text, min(s.created_at)::text, (array_agg(s.id))[count(*)]::text
    from (
      select ${line} as line, s.created_at, s.id
      from (${rows}) s join users u on u.id = s.user_id
      order by ${orderBy(ORDER)}
    ) s`)
  const [text, count, createdAt, id] = row
  return text ? { text, rows: Number(count), createdAt: String(createdAt), id: String(id) } : undefined
}

/** The rows after a part. Those of the list know only their keys; most exports are spared that way round. */
function rowsOf(scope: AccountScope, filter: Filter, before: Part | undefined): Sql {
  const page = { limit: sizeAfter(before), offset: 0 }
  const rest = sql`${matches(filter)} and ${before ? afterTime('desc', before) : sql`true`}`
  const own = ownOf(scope)
  // Few rows of a range may lie between very many others: an index has what tells them apart.
  const isRange = (filter.size ?? filter.total) !== undefined
  if (own && !isRange) {
    return sql`
      select s.* from submissions s where ${own} and ${rest} order by ${orderBy(ORDER)} limit ${page.limit}`
  }
  return sql`
    select s.* from (${keysOf(scope, own ? sql`${own} and ${rest}` : rest, page)}) as keys
    join submissions s on s.id = keys.id`
}

/** The condition that a row is everybody's or of the one account; undefined where there are more. */
function ownOf(scope: AccountScope): Sql | undefined {
  if (scope.kind === 'everybody') return sql`true`
  return scope.kind === 'accounts' && scope.userIds.length === 1 ? sql`s.user_id = ${scope.userIds[0]}` : undefined
}

function keysOf(scope: AccountScope, condition: Sql, page: Page): Sql {
  const rows = orderedRows(ORDER, condition)
  if (scope.kind === 'email') return scanAndSkip(scope, rows, ORDER, page)
  return scope.kind === 'everybody' || scope.userIds.length === 1
    ? indexScan(rows, ORDER, page)
    : mergePerAccount(scope, condition, ORDER, page)
}

/** How many rows the next part has, if they are as long as those before. */
function sizeAfter(before: Part | undefined): number {
  if (before === undefined) return FIRST_ROWS
  const fitting = Math.floor((PART_BYTES * before.rows) / before.text.length)
  return Math.min(Math.max(fitting, MIN_ROWS), MAX_ROWS)
}

/** How a file of submissions is written. The database writes the lines: so a million pass through as bytes. */
type ExportFormat = { type: string; ending: string; head: string; line: Sql }

/** ISO 8601 in UTC, to the millisecond, as in all answers. */
const createdAt = sql`to_char(s.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
const solvable = sql`case when s.total is null then 'false' else 'true' end`
const blockedAt = sql`case when s.total is null then position('11' in s.clouds) - 1 end`

/** What a spreadsheet would run as a formula is shown as text by an apostrophe before it (OWASP, "CSV injection"). */
const guardedEmail = sql`case when strpos(E'=+-@\\t\\r\\n', left(u.email, 1)) > 0 then '''' else '' end || u.email`

/** Brackets keep it text: of 0010010 a spreadsheet makes the number 10010. */
const bracketedClouds = sql`concat('[', s.clouds, ']')`

const BYTE_ORDER_MARK = '\ufeff'
const COLUMNS = ['id', 'createdAt', 'email', 'clouds', 'size', 'solvable', 'total', 'blockedAt', 'playedJumps']

/** RFC 4180; with a byte order mark, without which Excel takes UTF-8 for an older encoding. */
function csv(separator: ',' | ';'): ExportFormat {
  return {
    type: 'text/csv; charset=utf-8; header=present',
    ending: 'csv',
    head: `${BYTE_ORDER_MARK}${COLUMNS.join(separator)}\r\n`,
    line: sql`concat_ws(${separator}, s.id, ${createdAt}, concat('"', replace(${guardedEmail}, '"', '""'), '"'),
      ${bracketedClouds}, s.size, ${solvable}, coalesce(s.total::text, ''), coalesce((${blockedAt})::text, ''),
      concat(s.played_jumps, E'\\r\\n'))`,
  }
}

export const EXPORT_FORMATS: Record<'comma' | 'semicolon' | 'ndjson', ExportFormat> = {
  comma: csv(','),
  semicolon: csv(';'),
  /** A JSON object a line, with the fields of the list. */
  ndjson: {
    type: 'application/x-ndjson',
    ending: 'ndjson',
    head: '',
    line: sql`concat(
      '{"id":"', s.id, '","createdAt":"', ${createdAt}, '","email":', to_json(u.email), ',"clouds":"', s.clouds,
      '","size":', s.size, ',"solvable":', ${solvable}, ',"total":', coalesce(s.total::text, 'null'),
      ',"blockedAt":', coalesce((${blockedAt})::text, 'null'),
      ',"playedJumps":', coalesce(s.played_jumps::text, 'null'), E'}\\n')`,
  },
}
