import { execFile } from 'node:child_process'
import { cp, mkdir, stat, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
import { type Postgres, startPostgres } from '@jotc/db/embedded'
import { withClient } from './database.ts'

type StandbyOptions = {
  /** A running server: its folder as `startPostgres` was given it, and its URL as superuser. */
  primary: { dataDir: string; url: string }
  /** The standby's folder, which is made. */
  dataDir: string
  /** Its name in `synchronous_standby_names` and `pg_stat_replication`, and that of its replication slot. */
  name: string
  /** Of postgresql.conf. Those of the primary that a standby must not fall below (`max_connections`) belong here, too. */
  settings?: Record<string, string>
  /** Where it reaches its primary, if not at the primary's own port: a proxy's. */
  throughPort?: number
}

/** Of a server alone: its log, its process, what `alter system` changed. */
const OWN_FILES = /^(?:pg_wal[/\\].|postmaster\.|postgresql\.auto)/

/**
 * Starts a hot standby of a running server: a copy of the server's files between `pg_backup_start` and
 * `pg_backup_stop`, which then follows by streaming. A slot keeps what it has not read yet. Resolves when it answers
 * queries. `select pg_promote()` makes it a primary; where `primary.url` leads means nothing to it from then on.
 */
export async function startStandby({
  primary,
  dataDir,
  name,
  settings = {},
  throughPort,
}: StandbyOptions): Promise<Postgres> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const [from, to] = [join(primary.dataDir, 'cluster'), join(dataDir, 'cluster')]
  // The backup is over when its connection ends: both calls are made on one.
  await withClient(primary.url, async (client) => {
    await client.query('select pg_create_physical_replication_slot($1, true)', [name])
    await client.query("select pg_backup_start('standby', true)")
    const isCopied = (file: string) => !OWN_FILES.test(relative(from, file))
    await cp(from, to, { recursive: true, filter: isCopied })
    await cp(join(primary.dataDir, 'password'), join(dataDir, 'password'))
    const { rows } = await client.query('select labelfile from pg_backup_stop(false)')
    await writeFile(join(to, 'backup_label'), rows[0].labelfile)
    await writeFile(join(to, 'standby.signal'), '')
  })
  // Root's copies are root's, as whom no server runs.
  const { uid, gid } = await stat(from)
  if (process.getuid?.() === 0) await promisify(execFile)('chown', ['-R', `${uid}:${gid}`, dataDir])
  const { port, username, password } = new URL(primary.url)
  const address = { host: '127.0.0.1', port: throughPort ?? port, user: username, password, application_name: name }
  return await startPostgres({
    dataDir,
    settings: {
      ...settings,
      primary_conninfo: Object.entries(address)
        .map(([key, value]) => `${key}=${value}`)
        .join(' '),
      primary_slot_name: name,
    },
  })
}
