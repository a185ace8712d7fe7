import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startPostgres } from '@jotc/db/embedded'
import { migrate } from '@jotc/db/migrate'
import pg from 'pg'

/** A database like that of the service, with the schema and empty, for others to be cloned from. */
export const TEMPLATE = 'jotc_template'

const CACHE = resolve(import.meta.dirname, '../../node_modules/.cache/jotc')
/** What makes a cluster what it is. */
const DB = resolve(dirname(fileURLToPath(import.meta.resolve('@jotc/db/embedded'))), '..')
const SOURCES = ['migrations/*.sql', 'src/**/!(*.test).ts', 'package.json']
/** Of the folder that `startPostgres` is given; all else is of a server that ran. */
const KEPT = ['cluster', 'password']
const run = promisify(execFile)

/**
 * Puts a cluster with the schema into a new folder for `startPostgres`: a copy of one that was made before, by this run or
 * an earlier one.
 */
export async function copyCluster(dataDir: string): Promise<void> {
  const made = join(CACHE, `cluster-${digest()}`)
  if (!existsSync(made)) await make(made)
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  // The server's files may be another user's, which `cp` alone keeps.
  await run('cp', ['-a', ...KEPT.map((kept) => join(made, kept)), dataDir])
}

async function make(made: string): Promise<void> {
  const own = `${made}.${process.pid}`
  const server = await startPostgres({ dataDir: own })
  try {
    await migrate(server.url)
    const client = new pg.Client(server.url)
    await client.connect()
    await client.query(`create database ${TEMPLATE} template jotc`)
    // Nobody may be connected to a template that is to be cloned.
    await client.query(`alter database ${TEMPLATE} allow_connections false`)
    await client.end()
  } finally {
    await server.stop()
  }
  const older = globSync('cluster-*([0-9a-f])', { cwd: CACHE }).filter((name) => join(CACHE, name) !== made)
  for (const name of older) await rm(join(CACHE, name), { recursive: true, force: true })
  // Another process may have been sooner.
  await rename(own, made).catch(() => rm(own, { recursive: true }))
}

function digest(): string {
  const digest = createHash('sha256')
  for (const file of globSync(SOURCES, { cwd: DB }).sort()) digest.update(file).update(readFileSync(join(DB, file)))
  return digest.digest('hex').slice(0, 16)
}
