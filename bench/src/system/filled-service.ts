import type { Session } from '@jotc/core/api/account'
import { openConnections, request } from '../measure/connection.ts'
import type { Options } from '../options.ts'
import { fill } from './filled-database.ts'
import { startPostgresServer, withClient } from './postgres.ts'
import type { Running } from './process.ts'
import { type Reader, reader } from './reader.ts'
import { startService } from './service.ts'

/** Ours on a database of its own with so many submissions, and an administrator who reads. */
export type FilledService = Running & { databaseUrl: string; token: string; reader: Reader }

/** One service for each number of submissions, all on one PostgreSQL. */
export async function openFilledServices(sizes: readonly number[], options: Options, say: (line: string) => void) {
  await using open = new AsyncDisposableStack()
  const postgres = open.use(await startPostgresServer())
  const services: FilledService[] = []
  for (const [number, rows] of sizes.entries()) {
    const databaseUrl = await postgres.database(`filled_${number}`)
    await fill(databaseUrl, rows, say)
    const service = open.use(await startService({ databaseUrl }, options))
    const token = await administratorToken(databaseUrl, service.port)
    services.push({ ...service, databaseUrl, token, reader: open.adopt(await reader(service.port, token), end) })
  }
  const kept = open.move()
  return { services, [Symbol.asyncDispose]: () => kept.disposeAsync() }
}

function end(reader: Reader): void {
  reader.close()
}

async function administratorToken(databaseUrl: string, port: number): Promise<string> {
  const { rows } = await withClient(databaseUrl, (client) =>
    client.query(
      `select email, first_name as "firstName", last_name as "lastName", birth_date::text as "birthDate"
       from users where role = 'admin'`,
    ),
  )
  const [connection] = await openConnections(port, 1)
  const answer = await connection?.ask(request('POST', '/login', { body: rows[0] }))
  connection?.close()
  return (JSON.parse(String(answer?.body)) as Session).token
}
