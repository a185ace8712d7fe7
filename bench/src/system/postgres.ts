import { startPostgres } from '@jotc/db/embedded'
import { migrate } from '@jotc/db/migrate'
import pg from 'pg'
import { temporaryFolder } from './folder.ts'

/** As an operator would have it: what is committed is on the disk (`fsync` and all else as PostgreSQL comes). */
const SETTINGS = { max_connections: '300', shared_buffers: '512MB', max_wal_size: '4GB' }

/** The database with the schema and nothing else, which others are copied from. */
const TEMPLATE = 'schema'

type PostgresServer = {
  /** A new database with the schema of ours. @returns its URL */
  database(name: string): Promise<string>
  [Symbol.asyncDispose](): Promise<void>
}

/** A real PostgreSQL with its data in a temporary folder. */
export async function startPostgresServer(): Promise<PostgresServer> {
  const folder = temporaryFolder()
  const server = await startPostgres({ dataDir: folder.path, settings: SETTINGS })
  const urlOf = (name: string) => Object.assign(new URL(server.url), { pathname: `/${name}` }).href
  const create = (name: string, more = '') =>
    withClient(server.url, (client) => client.query(`create database ${name} ${more}`))
  await create(TEMPLATE)
  await migrate(urlOf(TEMPLATE))
  return {
    async database(name) {
      await create(name, `template ${TEMPLATE}`)
      return urlOf(name)
    },
    async [Symbol.asyncDispose]() {
      await server.stop()
      folder[Symbol.dispose]()
    },
  }
}

/** Runs `work` on one connection. */
export async function withClient<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
