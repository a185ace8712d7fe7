import { parseBoard } from '@jotc/core/board'
import { solve } from '@jotc/core/solver'

type Beside = { sql(text: string, values: unknown[]): Promise<{ id: string }[]> }
type Sent = { clouds: string; at?: Date | string }

/** Records boards beside the service, as another worker does; of an earlier instant where `at` names one. @returns their ids */
export async function inserts({ sql }: Beside, { id }: { id: string }, sent: readonly Sent[]): Promise<string[]> {
  const rows = sent.map(({ clouds, at }) => ({ clouds, at, total: solve(parseBoard(clouds)).total }))
  const inserted = await sql(
    `insert into submissions (user_id, id, clouds, size, total, created_at)
     select $1, uuidv7(), clouds, length(clouds), total, coalesce(at, date_trunc('milliseconds', clock_timestamp()))
     from json_to_recordset($2) as sent (clouds text, total integer, at timestamptz)
     returning id`,
    [id, JSON.stringify(rows)],
  )
  return inserted.map((row) => row.id)
}

/** The values of NDJSON, each of which ends its line. */
export function jsonLines<Value>(text: string): Value[] {
  const lines = text.split('\n').slice(0, -1)
  return lines.map((line) => JSON.parse(line))
}
