import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, chown, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Account } from './account.ts'
import type { Binaries } from './binaries.ts'

const run = promisify(execFile)

export const SUPERUSER = 'jotc'

/** The files in the folder of `startPostgres`. */
export const filesOf = (dataDir: string) => ({
  lock: join(dataDir, 'lock'),
  password: join(dataDir, 'password'),
  log: join(dataDir, 'postgres.log'),
  cluster: join(dataDir, 'cluster'),
})

/**
 * Creates the cluster if there is none, in UTF-8 and with PostgreSQL's own C.UTF-8 rules, so that sorting and case
 * conversion do not depend on the system's locale. It appears complete or not at all.
 */
export async function ensureCluster(dataDir: string, binaries: Binaries, account: Account): Promise<void> {
  const { cluster, password } = filesOf(dataDir)
  if (await holdsCluster(cluster)) return
  const unfinished = `${cluster}.new`
  await rm(unfinished, { recursive: true, force: true })
  await writeFile(password, randomBytes(24).toString('base64url'), { mode: 0o600 })
  await chmod(password, 0o600)
  if (account.owner) await chown(password, account.owner.uid, account.owner.gid)
  const { file, args, options } = account.command(binaries.initdb, [
    `--pgdata=${unfinished}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${password}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    // Nothing can be lost before the checkpoint of the first start.
    '--no-sync',
    '--no-instructions',
  ])
  await run(file, args, { ...options, cwd: '/', env: serverEnvironment() }).catch((error: { stderr?: string }) => {
    throw new Error(`initdb failed: ${error.stderr?.trim() || error}`, { cause: error })
  })
  await rename(unfinished, cluster)
}

/** Keeps the system's locale and the shell's PG* variables from the server. */
export const serverEnvironment = () => ({ PATH: '/usr/bin:/bin', LC_ALL: 'C' })

export const passwordOf = (dataDir: string) => readFile(filesOf(dataDir).password, 'utf8')

async function holdsCluster(cluster: string): Promise<boolean> {
  const version = await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  return version !== undefined
}
