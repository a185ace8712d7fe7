import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Postgres, startPostgres } from '@jotc/db/embedded'
import { migrate } from '@jotc/db/migrate'
import { temporaryFolder } from '@jotc/testing/folder'
import { copyCluster } from '@jotc/testing/servers/cluster'
import { withClient } from '@jotc/testing/servers/database'
import { startStandby } from '@jotc/testing/servers/standby'
import type { Sql } from './system.ts'

export type FragilePostgres = Awaited<ReturnType<typeof fragile>>

/** Durable, as in production: what was committed must outlive its `kill -9`. */
const SETTINGS = {
  max_connections: '40',
  superuser_reserved_connections: '3',
  // Kept in its folder, which is removed. In /dev/shm, segments of a killed server would stay.
  dynamic_shared_memory_type: 'mmap',
}

/**
 * A PostgreSQL of its own to do harm to, with the schema, on a free port that it keeps. The service connects as an
 * ordinary user, so that an administrator still gets in when all connections are taken.
 */
export function startFragilePostgres(): Promise<FragilePostgres> {
  return fragile(async (dataDir) => {
    await copyCluster(dataDir)
    const server = await startPostgres({ dataDir, settings: SETTINGS })
    await migrate(server.url, undefined, urlOfService(server))
    return server
  })
}

/**
 * Starts a standby that follows a server through a port that leads to it.
 *
 * @param name as in `synchronous_standby_names`
 */
export function startFollower({ primary }: FragilePostgres, name: string, throughPort: number) {
  return fragile((dataDir) => startStandby({ primary, dataDir, name, settings: SETTINGS, throughPort }))
}

const urlOfService = ({ url }: Postgres) =>
  Object.assign(new URL(url), { username: 'service', password: 'service' }).href

async function fragile(begin: (dataDir: string) => Promise<Postgres>) {
  const folder = temporaryFolder('chaos postgres')
  const dataDir = folder.path
  let server = await begin(dataDir)
  const { port, url } = server
  const signal = async (name: 'SIGSTOP' | 'SIGCONT') => {
    for (const id of await processes(dataDir)) process.kill(id, name)
  }
  /** Runs SQL in the service's database, as an administrator. */
  const sql: Sql = (text, values = []) => withClient(url, async (client) => (await client.query(text, values)).rows)

  return {
    /** By which the service connects. */
    url: urlOfService(server),
    port,
    primary: { dataDir, url },
    sql,
    /** `kill -9` of the server. Its port refuses until `start`. */
    async kill() {
      const [postmaster = 0] = await processes(dataDir)
      process.kill(postmaster, 'SIGKILL')
      await server.ended
    },
    /** Ends it in order, cutting its clients. */
    stop: () => server.stop(),
    /** Starts it again on its port; resolves when it answers. */
    async start() {
      server = await startPostgres({ dataDir, port, settings: SETTINGS })
    },
    /** Stops its processes where they stand: connections stay open, and nothing is answered. */
    pause: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
    async remove() {
      await server.stop()
      folder[Symbol.dispose]()
    },
  }
}

/** The server's processes, the one that started the others first. */
async function processes(dataDir: string): Promise<number[]> {
  const noted = await readFile(join(dataDir, 'cluster', 'postmaster.pid'), 'utf8')
  const postmaster = Number(noted.split('\n')[0])
  const { stdout } = await promisify(execFile)('pgrep', ['-P', String(postmaster)])
  return [postmaster, ...stdout.trim().split('\n').map(Number)]
}
