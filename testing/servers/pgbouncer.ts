import { once } from 'node:events'
import { chown, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryFolder } from '@jotc/testing/folder'
import { freePort } from '@jotc/testing/ports'
import { missing, start } from './program.ts'

/** It refuses to run as root. */
const NOBODY = 65_534
const isRoot = process.getuid?.() === 0

/** Why tests that need PgBouncer cannot run here, for `test(…, { skip })`. */
export const skip = missing('pgbouncer')

/**
 * PgBouncer as it comes, in transaction mode with two connections, in front of a database.
 *
 * @returns the URL of the same database through it
 */
export async function startPgBouncer(test: { after(end: () => Promise<void>): void }, databaseUrl: string) {
  const { hostname, port, username, password, pathname } = new URL(databaseUrl)
  const folder = temporaryFolder('pgbouncer')
  const own = await freePort()
  const file = join(folder.path, 'pgbouncer.ini')
  const server = `host=${hostname} port=${port} user=${username} password='${decodeURIComponent(password)}'`
  await writeFile(
    file,
    `[databases]\n* = ${server}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = ${own}\nunix_socket_dir =\n` +
      'auth_type = any\npool_mode = transaction\ndefault_pool_size = 2\n',
  )
  if (isRoot) for (const path of [folder.path, file]) await chown(path, NOBODY, NOBODY)
  const user = isRoot ? { uid: NOBODY, gid: NOBODY } : {}
  const { child } = await start('pgbouncer', [file], /process up/, user)
  test.after(async () => {
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
    folder[Symbol.dispose]()
  })
  return `postgres://anybody@127.0.0.1:${own}${pathname}`
}
