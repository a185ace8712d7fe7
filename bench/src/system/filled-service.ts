import type { Options } from '../options.ts'
import { fill } from './filled-database.ts'
import { type Person, signIn } from './people.ts'
import { startPostgresServer, withClient } from './postgres.ts'
import type { Running } from './process.ts'
import { Reader } from './reader.ts'
import { startService } from './services.ts'

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
    const reader = open.adopt(await Reader.connect(service.port, token), (each) => each.close())
    services.push({ ...service, databaseUrl, token, reader })
  }
  const kept = open.move()
  return { services, [Symbol.asyncDispose]: () => kept.disposeAsync() }
}

async function administratorToken(databaseUrl: string, port: number): Promise<string> {
  const { rows } = await withClient(databaseUrl, (client) =>
    client.query<Person>(
      `select id, email, first_name as "firstName", last_name as "lastName", birth_date::text as "birthDate"
       from users where role = 'admin'`,
    ),
  )
  const [token = ''] = await signIn(port, rows)
  return token
}
