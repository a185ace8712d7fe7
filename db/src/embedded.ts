import { chmod, chown, mkdir, realpath } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { serverAccount } from './embedded/account.ts'
import { findBinaries } from './embedded/binaries.ts'
import { ensureCluster, filesOf, passwordOf, SUPERUSER } from './embedded/cluster.ts'
import { launch, StartFailed } from './embedded/launch.ts'
import { clearLeftover, findPostmaster, shutDown } from './embedded/postmaster.ts'
import { Locked, lockFile } from './file-lock.ts'

export type Postgres = {
  /** The URL of the database `jotc`, as superuser, with the password. */
  url: string
  port: number
  /** Resolves when the server has ended, by `stop` or by itself. */
  ended: Promise<void>
  /** Shuts the server down: cuts connections, keeps what was committed. Never rejects; may be called twice. */
  stop(): Promise<void>
}

export type PostgresOptions = {
  /** The server's folder, created if missing. Only one process at a time may serve it. */
  dataDir: string
  /** Default: a free port. */
  port?: number
  /** Settings of postgresql.conf. */
  settings?: Record<string, string>
}

/** Another process serves this folder's database. */
export class InUse extends Error {
  override readonly name = 'InUse'
}

/**
 * Removes `PG*` from the environment of this process and its children. Clients take from it what a URL leaves out, but
 * in a shell it describes other servers.
 */
export function clearPgEnvironment(): void {
  const { env } = process
  for (const name of Object.keys(env)) if (/^PG[A-Z]/.test(name)) delete env[name]
}

/**
 * Starts a real PostgreSQL from npm's packages, for this machine only, with its data in `dataDir`.
 *
 * Promises: resolves once the server answers. Leftovers of an earlier run (a crash, a server whose starter was killed, a
 * stale process id) neither prevent the start nor lose committed data. When this process is killed, the server shuts
 * down. `PG*` of the shell is ignored. Any folder name works. As root, it runs as an unprivileged user.
 *
 * @throws {InUse} if another process serves the folder; other errors name the obstacle in one sentence
 */
export async function startPostgres({ dataDir, port, settings = {} }: PostgresOptions): Promise<Postgres> {
  clearPgEnvironment()
  const binaries = await findBinaries()
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const folder = await realpath(dataDir)
  const { cluster } = filesOf(folder)
  const lock = lockOf(folder)
  try {
    const account = await serverAccount(cluster, [dirname(folder), dirname(binaries.postgres)])
    if (account.owner) await chown(folder, account.owner.uid, account.owner.gid)
    await chmod(folder, 0o700)
    await clearLeftover(cluster)
    await ensureCluster(folder, binaries, account)
    const password = await passwordOf(folder)
    const server = await retryStart(async () => {
      const chosen = port ?? (await freePort())
      return {
        port: chosen,
        ...(await launch({ dataDir: folder, port: chosen, password, binaries, account, settings })),
      }
    }, port === undefined)
    let stopped: Promise<void> | undefined
    const ended = server.ended.finally(() => lock.release())
    const stop = () => {
      stopped ??= shutDown(server.pid, cluster).then(() => ended)
      return stopped
    }
    return { url: server.url, port: server.port, ended, stop }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** The URL of the database if another process serves it from this folder now. */
export async function findPostgres(dataDir: string): Promise<string | undefined> {
  const folder = await realpath(dataDir).catch(() => dataDir)
  const postmaster = await findPostmaster(filesOf(folder).cluster)
  if (!postmaster) return undefined
  return `postgres://${SUPERUSER}:${await passwordOf(folder)}@127.0.0.1:${postmaster.port}/jotc`
}

function lockOf(folder: string) {
  try {
    return lockFile(filesOf(folder).lock)
  } catch (error) {
    if (error instanceof Locked) throw new InUse(`Another process is using the database in ${folder}`, { cause: error })
    throw error
  }
}

/** Retries while the processes of a killed server still hold its memory, or if the free port was taken meanwhile. */
async function retryStart<T>(start: () => Promise<T>, anyPort: boolean): Promise<T> {
  const deadline = performance.now() + 10_000
  for (;;) {
    try {
      return await start()
    } catch (error) {
      const log = error instanceof StartFailed ? error.log : ''
      const isTransient = /still in use/.test(log) || (anyPort && /could not bind/.test(log))
      if (!isTransient || performance.now() > deadline) throw error
      await delay(100)
    }
  }
}

async function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const probe = createServer().on('error', reject)
  probe.listen(0, '127.0.0.1', () => {
    const address = probe.address()
    probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
  })
  return promise
}
