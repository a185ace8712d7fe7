import { randomUUID } from 'node:crypto'
import pg from 'pg'

type Row = { userId: string; clouds: string; total: number | null }

/**
 * What the database gives who has no service at all: so many connections for so many seconds, each sending one
 * prepared INSERT of one row after the other, as `pgbench -M prepared` does.
 *
 * @returns rows a second
 */
export async function insertOneByOne(
  databaseUrl: string,
  rows: readonly Row[],
  { clients, seconds }: { clients: number; seconds: number },
): Promise<number> {
  const connections = Array.from({ length: clients }, () => new pg.Client(databaseUrl))
  await Promise.all(connections.map((connection) => connection.connect()))
  const begun = performance.now()
  const until = begun + seconds * 1000
  let inserted = 0
  await Promise.all(
    connections.map(async (connection) => {
      while (performance.now() < until) {
        const { userId, clouds, total } = rows[inserted % rows.length] as Row
        await connection.query({
          name: 'insert',
          text: 'insert into submissions (user_id, id, clouds, size, total) values ($1, $2, $3, $4, $5)',
          values: [userId, randomUUID(), clouds, clouds.length, total],
        })
        inserted++
      }
    }),
  )
  const perSecond = inserted / ((performance.now() - begun) / 1000)
  await Promise.all(connections.map((connection) => connection.end()))
  return perSecond
}
