import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chown, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { temporaryFolder } from '@jotc/testing/folder'
import { freePort } from '@jotc/testing/ports'

const { CI } = process.env
/** It refuses to run as root. */
const NOBODY = 65_534
const isRoot = process.getuid?.() === 0

/** Why tests that need PgBouncer cannot run here, for `test(…, { skip })`. Where CI is true they run and fail instead. */
export const skip = CI !== 'true' && spawnSync('pgbouncer', ['--version']).error ? 'pgbouncer is not installed' : false

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
  const process = spawn('pgbouncer', [file], {
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
  })
  const ended = once(process, 'exit')
  test.after(async () => {
    process.kill('SIGKILL')
    await ended
    folder[Symbol.dispose]()
  })
  const lines: string[] = []
  for await (const line of createInterface({ input: process.stderr })) {
    lines.push(line)
    if (line.includes('process up')) break
  }
  if (process.exitCode !== null) throw new Error(`PgBouncer does not start: ${lines.join('\n')}`)
  process.stderr.resume()
  return `postgres://anybody@127.0.0.1:${own}${pathname}`
}
