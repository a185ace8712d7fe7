import sql, { type Sql } from 'sql-template-tag'

/** How a file of submissions is written. The database writes the lines: so a million pass through as bytes. */
export type ExportFormat = { type: string; ending: string; head: string; line: Sql }

/** ISO 8601 in UTC, to the millisecond, as in all answers. */
const createdAt = sql`to_char(s.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
const solvable = sql`case when s.total is null then 'false' else 'true' end`
const blockedAt = sql`case when s.total is null then position('11' in s.clouds) - 1 end`

/** What a spreadsheet would run as a formula is shown as text by an apostrophe before it (OWASP, "CSV injection"). */
const guardedEmail = sql`case when strpos(E'=+-@\\t\\r\\n', left(s.email, 1)) > 0 then '''' else '' end || s.email`

/** Brackets keep it text: of 0010010 a spreadsheet makes the number 10010. */
const bracketedClouds = sql`'[', s.clouds, ']'`

const BYTE_ORDER_MARK = '\ufeff'

export const EXPORT_FORMATS: Record<'csv' | 'ndjson', ExportFormat> = {
  /** RFC 4180; with a byte order mark, without which Excel takes UTF-8 for an older encoding. */
  csv: {
    type: 'text/csv; charset=utf-8; header=present',
    ending: 'csv',
    head: `${BYTE_ORDER_MARK}id,createdAt,email,clouds,size,solvable,total,blockedAt\r\n`,
    line: sql`concat(
      s.id, ',', ${createdAt}, ',"', replace(${guardedEmail}, '"', '""'), '",', ${bracketedClouds}, ',', s.size, ',',
      ${solvable}, ',', s.total, ',', ${blockedAt}, E'\\r\\n')`,
  },
  /** A JSON object a line, with the fields of the list. */
  ndjson: {
    type: 'application/x-ndjson',
    ending: 'ndjson',
    head: '',
    line: sql`concat(
      '{"id":"', s.id, '","createdAt":"', ${createdAt}, '","email":', to_json(s.email), ',"clouds":"', s.clouds,
      '","size":', s.size, ',"solvable":', ${solvable}, ',"total":', coalesce(s.total::text, 'null'),
      ',"blockedAt":', coalesce((${blockedAt})::text, 'null'), E'}\\n')`,
  },
}
