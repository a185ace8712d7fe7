import { startPostgres } from '@jotc/db/embedded'
import { migrate } from '@jotc/db/migrate'
import pg from 'pg'
import { temporaryFolder } from './folder.ts'

/** As an operator would have it: what is committed is on the disk (`fsync` and all else as PostgreSQL comes). */
const SETTINGS = { max_connections: '300', shared_buffers: '512MB', max_wal_size: '4GB' }

export type PostgresServer = {
  /** A new database with the schema of ours. @returns its URL */
  database(name: string): Promise<string>
  [Symbol.asyncDispose](): Promise<void>
}

/** A real PostgreSQL with its data in a temporary folder. */
export async function startPostgresServer(): Promise<PostgresServer> {
  const folder = temporaryFolder()
  const server = await startPostgres({ dataDir: folder.path, settings: SETTINGS })
  return {
    async database(name) {
      await withClient(server.url, (client) => client.query(`create database ${name}`))
      const url = new URL(server.url)
      url.pathname = `/${name}`
      await migrate(url.href)
      return url.href
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
