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
  /** Of the database `jotc`, as superuser, with the password. */
  url: string
  port: number
  /** Resolves when the server has ended, by `stop` or by itself. */
  ended: Promise<void>
  /** Shuts the server down; open connections are cut, what was committed is kept. Resolves always, also twice. */
  stop(): Promise<void>
}

export type PostgresOptions = {
  /** The server's folder, made where it is missing. One process at a time serves it. */
  dataDir: string
  /** Default: a free one. */
  port?: number
  /** Settings of postgresql.conf. */
  settings?: Record<string, string>
}

/** Another process serves this folder's database. */
export class InUse extends Error {
  override readonly name = 'InUse'
}

/**
 * Takes `PG*` out of the environment, of this process and of those that it starts: clients read there what a URL does
 * not say, and a shell says it of other servers.
 */
export function forgetOtherServers(): void {
  const { env } = process
  for (const name of Object.keys(env)) if (/^PG[A-Z]/.test(name)) delete env[name]
}

/**
 * Starts a real PostgreSQL from npm's packages, for this machine alone, with its data in `dataDir`.
 *
 * Promises: resolves once the server answers; whatever an earlier run left (a crash, a server whose starter was
 * killed, the id of a process that is another by now) neither hinders the start nor loses committed data; when we
 * are killed, the server shuts down. `PG*` of the shell counts for nobody (`forgetOtherServers`). Every folder name
 * works. As root it runs as an unprivileged user.
 *
 * @throws {InUse} when another process serves the folder; other errors say in one sentence what is in the way
 */
export async function startPostgres({ dataDir, port, settings = {} }: PostgresOptions): Promise<Postgres> {
  forgetOtherServers()
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

/** The URL of the database that another process serves from this folder now, or undefined. */
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

/** Processes of a killed server hold its memory for a moment longer; a free port can be taken from under us. */
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
