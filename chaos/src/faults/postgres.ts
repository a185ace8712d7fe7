import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startPostgres } from '@jotc/db/embedded'
import { migrate } from '@jotc/db/migrate'
import pg from 'pg'

export type FragilePostgres = {
  url: string
  port: number
  /** `kill -9` of the server. Its port refuses until `start`. */
  kill(): Promise<void>
  /** Ends it in order, cutting its clients. */
  stop(): Promise<void>
  /** Starts it again on its port; resolves when it answers. */
  start(): Promise<void>
  /** Stops its processes where they stand: connections stay open, and nothing is answered. */
  pause(): Promise<void>
  resume(): Promise<void>
  /** Runs SQL in the service's database, as an administrator. */
  sql(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>
  remove(): Promise<void>
}

/** Durable, as in production: what was committed must outlive its `kill -9`. */
const SETTINGS = { max_connections: '40', superuser_reserved_connections: '3' }

/**
 * A PostgreSQL of its own to do harm to, with the schema, on a free port that it keeps. The service connects as an
 * ordinary user, so that an administrator still gets in when all connections are taken.
 */
export async function startFragilePostgres(): Promise<FragilePostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'jotc-chaos-postgres-'))
  let server = await startPostgres({ dataDir: folder, settings: SETTINGS })
  const { port, url: administratorUrl } = server
  await migrate(administratorUrl)

  async function sql(text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
    const client = new pg.Client(administratorUrl)
    client.on('error', () => {})
    await client.connect()
    try {
      return (await client.query(text, values)).rows
    } finally {
      await client.end()
    }
  }
  await sql("create role service login password 'service'")
  await sql('grant pg_read_all_data, pg_write_all_data to service')
  const url = new URL(administratorUrl)
  url.username = 'service'
  url.password = 'service'

  async function stop(): Promise<void> {
    await server.stop()
  }

  return {
    url: url.href,
    port,
    sql,
    stop,
    async kill() {
      const [postmaster = 0] = await processes(folder)
      process.kill(postmaster, 'SIGKILL')
      await server.ended
    },
    async start() {
      server = await startPostgres({ dataDir: folder, port, settings: SETTINGS })
    },
    pause: async () => (await processes(folder)).forEach((id) => void process.kill(id, 'SIGSTOP')),
    resume: async () => (await processes(folder)).forEach((id) => void process.kill(id, 'SIGCONT')),
    async remove() {
      await stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The server's processes, the one that started the others first. */
async function processes(folder: string): Promise<number[]> {
  const noted = await readFile(join(folder, 'cluster', 'postmaster.pid'), 'utf8')
  const postmaster = Number(noted.split('\n')[0])
  const { stdout } = await promisify(execFile)('pgrep', ['-P', String(postmaster)])
  return [postmaster, ...stdout.trim().split('\n').map(Number)]
}
