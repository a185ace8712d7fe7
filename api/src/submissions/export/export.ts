import { bulkhead } from 'cockatiel'
import sql, { join, type Sql } from 'sql-template-tag'
import type { Database, Lines } from '../../database/database.ts'
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

/** Newest first: submissions recorded during an export come before its first row, and are left out. */
const ORDER: Order = { sortBy: 'createdAt', sort: 'desc' }
const FIRST_ROWS = 100
const MIN_ROWS = 20
const MAX_ROWS = 5_000
/** Target size of a part. The number of rows follows from it, as boards differ in length by a factor of a thousand. */
const PART_BYTES = 512 * 1024
/** For all exports of a worker. By default its pool for reading has three connections, so one is left for lists. */
const MAX_PARTS_AT_ONCE = 2
/** Parts that are read while an earlier one is sent, if an index tells where each one ends. */
const PARTS_AHEAD = 2

type Export = {
  database: Database
  filter: Filter
  format: ExportFormat
  /** Called before each part; rejects if the reader's permission has ended. */
  authorize: () => Promise<void>
}
/** The time and id of a row. */
type Position = { createdAt: string; id: string }
type Part = Omit<Lines, 'last'> & { last: Position | undefined }

/**
 * The submissions of a filter as a file, newest first, in parts of some hundred kilobytes.
 *
 * Promises: at most two parts are read ahead and none is kept, so a file of any length takes the memory of three. Each
 * part is a statement of its own, so a slow reader holds no connection and no snapshot, and a lost connection is made up
 * for. The iteration rejects if a part cannot be read, or may no longer be read.
 */
export function exportParts(): (asked: Export) => AsyncGenerator<string | Buffer> {
  const slots = bulkhead(MAX_PARTS_AT_ONCE, Number.POSITIVE_INFINITY)
  return async function* partsOf({ database, filter, format, authorize }) {
    const scope = await accountScope(database, filter)
    const direct = directCondition(scope, filter)
    const ahead: Promise<Part>[] = []
    let size = FIRST_ROWS
    let after: Position | undefined

    /** Starts to read the part after `after`, and sets `after` to its end, or to undefined if that is unknown or the last. */
    async function readAhead(): Promise<void> {
      const end = after && direct && (await slots.execute(() => endOf(database, direct, after, size)))
      const rows = direct ? directRows(direct, after, end, size) : keyedRows(scope, filter, after, size)
      const part = slots.execute(() => readPart(database, rows, format))
      // A failure is thrown when this part is due; by then the reader may be gone.
      part.catch(() => {})
      ahead.push(part)
      after = end
    }

    await readAhead()
    let part = await ahead.shift()
    yield format.head
    for (; part; part = await ahead.shift()) {
      size = sizeAfter(part) ?? size
      // Only now is the end of this part known: it is the first one, or no index tells where parts end.
      if (ahead.length === 0) after ??= part.last
      while (after && ahead.length < PARTS_AHEAD) await readAhead()
      await authorize()
      if (part.rows > 0) yield* part.chunks
    }
  }
}

/**
 * Rows are streamed and each looks up its own address. With `string_agg` and a plain join PostgreSQL would allocate the
 * whole part, hash all accounts and sort the rows again, which costs more than the lines themselves.
 */
async function readPart(database: Database, rows: Sql, { line }: ExportFormat): Promise<Part> {
  const { last, ...part } = await database.queryLines(sql`
    select ${line}
    from (${rows}) s cross join lateral (select u.email from users u where u.id = s.user_id limit 1) u
    order by ${orderBy(ORDER)}`)
  const [, id = '', createdAt = ''] = POSITION.exec(last) ?? []
  return { ...part, last: last === '' ? undefined : { id, createdAt } }
}

/** Every line begins with the id and the time. */
const POSITION = /([\da-f-]{36})\D+(\d[^Z]+Z)/

/**
 * The condition for reading rows in index order: everybody's rows or one account's. Undefined for several accounts, and for
 * a range of clouds or jumps, which may match few rows among many: those are found by key, as in the list.
 */
function directCondition(scope: AccountScope, filter: Filter): Sql | undefined {
  const own = ownOf(scope)
  return own && (filter.size ?? filter.total) === undefined ? sql`${own} and ${matches(filter)}` : undefined
}

/** The position of the `size`th row; undefined if there are fewer. */
async function endOf(database: Database, condition: Sql, after: Position | undefined, size: number) {
  const [end] = await database.query<Position>(sql`
    select s.created_at as "createdAt", s.id from submissions s where ${condition} and ${isAfter(after)}
    order by ${orderBy(ORDER)} offset ${size - 1} limit 1`)
  return end
}

/** The rows after one position up to and including another, or `size` rows. */
function directRows(condition: Sql, after: Position | undefined, end: Position | undefined, size: number): Sql {
  const ordered = (isIn: Sql) => sql`
    select s.* from submissions s where ${condition} and ${isAfter(after)} and ${isIn} order by ${orderBy(ORDER)}`
  if (end === undefined) return sql`${ordered(sql`true`)} limit ${size}`
  return ordered(sql`(s.created_at, s.id) >= (${end.createdAt}, ${end.id})`)
}

function keyedRows(scope: AccountScope, filter: Filter, after: Position | undefined, size: number): Sql {
  const rest = sql`${ownOf(scope) ?? sql`true`} and ${matches(filter)} and ${isAfter(after)}`
  const keys = keysOf(scope, rest, { limit: size, offset: 0 })
  return sql`select s.* from (${keys}) as keys join submissions s on s.id = keys.id`
}

function isAfter(position: Position | undefined): Sql {
  return position ? afterTime('desc', position) : sql`true`
}

/** The condition on the owner: anybody, or one account; undefined for several accounts. */
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

/** The number of rows for the next part, assuming lines as long as in this one; undefined if this one is empty. */
function sizeAfter({ bytes, rows }: Part): number | undefined {
  if (rows === 0) return undefined
  return Math.min(Math.max(Math.floor((PART_BYTES * rows) / bytes), MIN_ROWS), MAX_ROWS)
}

/**
 * A file format for submissions. PostgreSQL builds the lines, with `||` because `concat` costs five times as much. Each
 * line begins with the id and the time.
 */
type ExportFormat = { type: string; ending: string; head: string; line: Sql }

/**
 * ISO 8601 in UTC, to the millisecond, as in all answers, at two fifths of the cost of `to_char`. The added microsecond
 * keeps trailing zeros and is cut off again.
 */
const createdAt = sql`
  substr(to_json((s.created_at at time zone interval '0') + interval '1 microsecond')::text, 2, 23) || 'Z'`
const solvable = sql`case when s.total is null then 'false' else 'true' end`
const blockedAt = sql`case when s.total is null then (position('11' in s.clouds) - 1)::text end`

/** An apostrophe keeps spreadsheets from running an address as a formula (OWASP, "CSV injection"). */
const guardedEmail = sql`case when strpos(E'=+-@\\t\\r\\n', left(u.email, 1)) > 0 then '''' else '' end || u.email`

const BYTE_ORDER_MARK = '\ufeff'
const COLUMNS = ['id', 'createdAt', 'email', 'clouds', 'size', 'solvable', 'total', 'blockedAt', 'playedJumps']

/** RFC 4180, with a byte order mark: without one Excel does not recognise UTF-8. */
function csv(separator: ',' | ';'): ExportFormat {
  return {
    type: 'text/csv; charset=utf-8; header=present',
    ending: 'csv',
    head: `${BYTE_ORDER_MARK}${COLUMNS.join(separator)}\r\n`,
    // In brackets, as a spreadsheet would turn 0010010 into the number 10010.
    line: join(
      [
        sql`s.id::text`,
        createdAt,
        sql`'"' || replace(${guardedEmail}, '"', '""') || '"'`,
        sql`'[' || s.clouds || ']'`,
        sql`s.size::text`,
        solvable,
        sql`coalesce(s.total::text, '')`,
        sql`coalesce(${blockedAt}, '')`,
        sql`coalesce(s.played_jumps::text, '') || E'\\r\\n'`,
      ],
      ` || '${separator}' || `,
    ),
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
    line: sql`'{"id":"' || s.id::text || '","createdAt":"' || ${createdAt} || '","email":' || to_json(u.email)::text
      || ',"clouds":"' || s.clouds || '","size":' || s.size::text || ',"solvable":' || ${solvable}
      || ',"total":' || coalesce(s.total::text, 'null') || ',"blockedAt":' || coalesce(${blockedAt}, 'null')
      || ',"playedJumps":' || coalesce(s.played_jumps::text, 'null') || E'}\\n'`,
  },
}
