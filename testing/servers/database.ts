import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '@jotc/db/embedded'
import { lockFile } from '@jotc/db/file-lock'
import pg from 'pg'
import { copyCluster, TEMPLATE } from './cluster.ts'

/** The variable by which the processes of a test run find its server. */
const SERVER = 'JOTC_TEST_POSTGRES'
const FOLDER = 'jotc-test-postgres-'
const AN_HOUR = 3_600_000
/** A power cut may spoil it: nobody keeps what tests write. */
const NOTHING_SAFE: Record<string, string> = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '400',
}

/**
 * Starts the one PostgreSQL of a test run, with a migrated template to clone, and notes its URL in the environment
 * for `createDatabase` here and in child processes. It lives in a folder of its own under the system's temporary
 * folder and is gone after `stop`; should the run be killed, the server ends by itself and the
 * next run removes the folder.
 */
export async function startTestServer(settings = NOTHING_SAFE): Promise<{ url: string; stop(): Promise<void> }> {
  await removeAbandoned()
  const dataDir = await mkdtemp(join(tmpdir(), FOLDER))
  await copyCluster(dataDir)
  const server = await startPostgres({ dataDir, settings })
  process.env[SERVER] = server.url
  const stop = async () => {
    delete process.env[SERVER]
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  return { url: server.url, stop }
}

/** Whether `createDatabase` has a server. */
export const hasTestServer = () => process.env[SERVER] !== undefined

/**
 * A migrated, empty database of one's own, cloned in some tens of milliseconds; as many at once as one likes.
 * @throws when the run has no server: see `startTestServer` and `setup.ts`
 */
export async function createDatabase() {
  const server = process.env[SERVER]
  if (!server) throw new Error('No test server: run with node --test --test-global-setup=testing/setup.ts')
  const name = `test_${randomBytes(8).toString('hex')}`
  const run = (sql: string) => withClient(server, async (client) => void (await client.query(sql)))
  await run(`create database ${name} template ${TEMPLATE} strategy file_copy`)
  return {
    url: Object.assign(new URL(server), { pathname: name }).href,
    /** Removes the database, cutting its connections. Also twice. */
    drop: () => run(`drop database if exists ${name} with (force)`),
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

/** Folders of runs that were killed: nobody holds their lock. Young ones may be about to take it. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(FOLDER)) continue
    const folder = join(tmpdir(), name)
    try {
      if (Date.now() - (await stat(folder)).mtimeMs < AN_HOUR) continue
      lockFile(join(folder, 'lock')).release()
      await rm(folder, { recursive: true, force: true })
    } catch {
      // In use, or another user's.
    }
  }
}
