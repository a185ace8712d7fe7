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

/** As the list stands when it is opened: what is recorded meanwhile comes before its first row, so not into the file. */
const ORDER: Order = { sortBy: 'createdAt', sort: 'desc' }
const FIRST_ROWS = 100
const MIN_ROWS = 20
const MAX_ROWS = 5_000
/** Bytes of a part that are aimed at. Boards can be a thousand times as long as others. */
const PART_BYTES = 512 * 1024
/** Of all exports of a worker: of the three connections for reading that there are by default, one stays for others. */
const MAX_PARTS_AT_ONCE = 2
/** Where it is known beforehand at which row a part ends, so that the one after it can be read beside it. */
const PARTS_AHEAD = 2

type Export = {
  database: Database
  filter: Filter
  format: ExportFormat
  /** Rejects when nothing more may be read. */
  authorize: () => Promise<void>
}
/** The time and id of a row. */
type Position = { createdAt: string; id: string }
type Part = Omit<Lines, 'last'> & { last: Position | undefined }

/**
 * The submissions of a filter as a file, newest first, in parts of some hundred kilobytes.
 *
 * Promises: two parts are read ahead and none is kept, so a file of any length takes the memory of three. Each part is
 * a statement of its own: between parts, however slow the reader, no connection is held, and no old row is kept from
 * being vacuumed; a connection lost on the way is made up for. A part that cannot be read rejects the iteration, and
 * so does one that may not be read any more.
 */
export function exportParts(): (asked: Export) => AsyncGenerator<string | Buffer> {
  const slots = bulkhead(MAX_PARTS_AT_ONCE, Number.POSITIVE_INFINITY)
  return async function* partsOf({ database, filter, format, authorize }) {
    const scope = await accountScope(database, filter)
    const direct = directCondition(scope, filter)
    const ahead: Promise<Part>[] = []
    let size = FIRST_ROWS
    let after: Position | undefined

    /** Begins to read what follows `after`, and moves that to the end of it; undefined: not known, or there is none. */
    async function readAhead(): Promise<void> {
      const end = after && direct && (await slots.execute(() => endOf(database, direct, after, size)))
      const rows = direct ? directRows(direct, after, end, size) : keyedRows(scope, filter, after, size)
      const part = slots.execute(() => readPart(database, rows, format))
      // Whether it fails matters when it is its turn: the reader may be gone by then.
      part.catch(() => {})
      ahead.push(part)
      after = end
    }

    await readAhead()
    let part = await ahead.shift()
    yield format.head
    for (; part; part = await ahead.shift()) {
      size = sizeAfter(part) ?? size
      // The statement alone knows where it ends: the first one, and all where only the keys are looked up.
      if (ahead.length === 0) after ??= part.last
      while (after && ahead.length < PARTS_AHEAD) await readAhead()
      await authorize()
      if (part.rows > 0) yield* part.chunks
    }
  }
}

/**
 * Each row is sent as it is written, and looks up its address: PostgreSQL would else collect the part in memory that is
 * new to it, which costs more than the lines, and hash all accounts and sort the rows again, for every part.
 */
async function readPart(database: Database, rows: Sql, { line }: ExportFormat): Promise<Part> {
  const { last, ...part } = await database.queryLines(sql`
    select ${line}
    from (${rows}) s cross join lateral (select u.email from users u where u.id = s.user_id limit 1) u
    order by ${orderBy(ORDER)}`)
  const [, id = '', createdAt = ''] = POSITION.exec(last) ?? []
  return { ...part, last: last === '' ? undefined : { id, createdAt } }
}

/** Every line begins with these two. */
const POSITION = /([\da-f-]{36})\D+(\d[^Z]+Z)/

/**
 * The condition by which an index has the rows themselves in order: everybody's, or one account's. Undefined where it has
 * not, or has few of a range between very many others: there the list's way finds the keys.
 */
function directCondition(scope: AccountScope, filter: Filter): Sql | undefined {
  const own = ownOf(scope)
  return own && (filter.size ?? filter.total) === undefined ? sql`${own} and ${matches(filter)}` : undefined
}

/** The position of the last of so many rows; undefined where there are fewer. */
async function endOf(database: Database, condition: Sql, after: Position | undefined, size: number) {
  const [end] = await database.query<Position>(sql`
    select s.created_at as "createdAt", s.id from submissions s where ${condition} and ${isAfter(after)}
    order by ${orderBy(ORDER)} offset ${size - 1} limit 1`)
  return end
}

/** The rows after one position up to another, or so many. */
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

/** How many rows the next part has, if they are as long as those of this one; undefined where it has none. */
function sizeAfter({ bytes, rows }: Part): number | undefined {
  if (rows === 0) return undefined
  return Math.min(Math.max(Math.floor((PART_BYTES * rows) / bytes), MIN_ROWS), MAX_ROWS)
}

/**
 * How a file of submissions is written. The database writes the lines, by `||`, which costs a fifth of `concat`. Each
 * begins with the id and the time.
 */
type ExportFormat = { type: string; ending: string; head: string; line: Sql }

/**
 * ISO 8601 in UTC, to the millisecond, as in all answers. The microsecond keeps zeros at the end, and is cut off with all
 * that follows: two fifths of the cost of `to_char`.
 */
const createdAt = sql`
  substr(to_json((s.created_at at time zone interval '0') + interval '1 microsecond')::text, 2, 23) || 'Z'`
const solvable = sql`case when s.total is null then 'false' else 'true' end`
const blockedAt = sql`case when s.total is null then (position('11' in s.clouds) - 1)::text end`

/** What a spreadsheet would run as a formula is shown as text by an apostrophe before it (OWASP, "CSV injection"). */
const guardedEmail = sql`case when strpos(E'=+-@\\t\\r\\n', left(u.email, 1)) > 0 then '''' else '' end || u.email`

const BYTE_ORDER_MARK = '\ufeff'
const COLUMNS = ['id', 'createdAt', 'email', 'clouds', 'size', 'solvable', 'total', 'blockedAt', 'playedJumps']

/** RFC 4180; with a byte order mark, without which Excel takes UTF-8 for an older encoding. */
function csv(separator: ',' | ';'): ExportFormat {
  return {
    type: 'text/csv; charset=utf-8; header=present',
    ending: 'csv',
    head: `${BYTE_ORDER_MARK}${COLUMNS.join(separator)}\r\n`,
    // Brackets keep boards text: of 0010010 a spreadsheet makes the number 10010.
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
