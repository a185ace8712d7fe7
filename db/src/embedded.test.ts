import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { temporaryFolder } from '@jotc/testing/folder'
import { withClient } from '@jotc/testing/servers/database'
import pg from 'pg'
import { findPostgres, InUse, type Postgres, startPostgres } from './embedded.ts'

/** With blanks, letters beyond ASCII and long names, as all folders below. */
const scratch = join(temporaryFolder('embedded').path, 'jo tc ö', 'very long '.repeat(12), '雲')

let folders = 0
const newFolder = () => join(scratch, `server ${++folders}`)
const KEEP = "create table kept as select 'rain' as word"
const KEPT = 'select word from kept'

/** Starts a server in this process that ends with the test. */
async function start(t: { after(end: () => Promise<void>): void }, dataDir: string): Promise<Postgres> {
  const server = await startPostgres({ dataDir })
  t.after(() => server.stop())
  return server
}

test('what was stored is there after stop and start, without a recovery; after the server was killed stop resolves, and the next start recovers what was committed', async (t) => {
  const dataDir = newFolder()
  const first = await start(t, dataDir)
  await ask(first.url, KEEP)
  await first.stop()
  const second = await start(t, dataDir)
  assert.doesNotMatch(await readFile(join(dataDir, 'postgres.log'), 'utf8'), /recovery/)
  await ask(second.url, "update kept set word = word || 'bow'")
  process.kill(await postmasterPid(dataDir), 'SIGKILL')
  await second.stop()
  const third = await start(t, dataDir)
  assert.equal(await ask(third.url, KEPT), 'rainbow')
})

test('a left-over process id that means another process by now neither ends it nor hinders the start', async (t) => {
  const dataDir = newFolder()
  await (await start(t, dataDir)).stop()
  const bystander = spawn('sleep', ['60'])
  await writeFile(join(dataDir, 'cluster', 'postmaster.pid'), `${bystander.pid}\n${dataDir}/cluster\n1\n5432\n\n\n`)
  const server = await start(t, dataDir)
  assert.equal(await ask(server.url, 'select 1'), 1)
  assert.equal(bystander.exitCode ?? bystander.signalCode, null)
  bystander.kill()
})

test('a second process is told that the folder is in use, and can find the server, which shuts down by itself when its starter is killed', async () => {
  const dataDir = newFolder()
  const { starter, url } = await startElsewhere(dataDir)
  await assert.rejects(startPostgres({ dataDir }), InUse)
  assert.equal(await findPostgres(dataDir), url)
  const client = new pg.Client(url)
  await client.connect()
  client.on('error', () => {})
  const ended = once(client, 'end').catch(() => {})
  starter.kill('SIGKILL')
  await ended
})

test('a start right after its starter was killed serves the same data', async (t) => {
  const dataDir = newFolder()
  const { starter, url } = await startElsewhere(dataDir)
  await ask(url, KEEP)
  starter.kill('SIGKILL')
  await once(starter, 'exit')
  const server = await start(t, dataDir)
  assert.equal(await ask(server.url, KEPT), 'rain')
})

test('text and case are the same under any locale of the system', async () => {
  const { starter, url } = await startElsewhere(newFolder(), { LANG: 'tr_TR.ISO8859-9', LC_ALL: 'tr_TR.ISO8859-9' })
  assert.equal(await ask(url, 'show server_encoding'), 'UTF8')
  assert.equal(await ask(url, "select 'İpek → ß'"), 'İpek → ß')
  assert.equal(await ask(url, "select lower('I') || upper('i') || lower('Ä')"), 'iIä')
  starter.kill('SIGTERM')
  await once(starter, 'exit')
})

test('root runs the server as an unprivileged user, also below a folder closed to that user', {
  skip: process.getuid?.() !== 0 && 'needs root',
}, async (t) => {
  const closed = newFolder()
  await mkdir(closed, { recursive: true, mode: 0o700 })
  const dataDir = join(closed, 'data')
  const server = await start(t, dataDir)
  assert.equal(await ask(server.url, 'select 1'), 1)
  const { uid } = await stat(`/proc/${await postmasterPid(dataDir)}`)
  assert.notEqual(uid, 0)
})

test('nobody gets in without the password, which its owner alone can read; a server that cannot start says why in one line', async (t) => {
  const dataDir = newFolder()
  const server = await start(t, dataDir)
  await assert.rejects(ask(Object.assign(new URL(server.url), { password: 'guess' }).href, 'select 1'), {
    code: '28P01',
  })
  assert.equal((await stat(join(dataDir, 'password'))).mode & 0o777, 0o600)
  assert.equal((await stat(dataDir)).mode & 0o777, 0o700)
  await server.stop()
  await writeFile(join(dataDir, 'cluster', 'PG_VERSION'), '12\n')
  await assert.rejects(startPostgres({ dataDir }), /^StartFailed: PostgreSQL did not start: [^\n]+$/)
})

/** A server started by a process of its own, which can be killed. */
async function startElsewhere(dataDir: string, env = {}): Promise<{ starter: ChildProcess; url: string }> {
  const script = `
    import { startPostgres } from ${JSON.stringify(new URL('embedded.ts', import.meta.url))}
    const server = await startPostgres({ dataDir: ${JSON.stringify(dataDir)} })
    process.once('SIGTERM', () => server.stop())
    console.log(server.url)`
  const starter = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [url] = await once(createInterface(starter.stdout), 'line')
  return { starter, url }
}

async function postmasterPid(dataDir: string): Promise<number> {
  return Number((await readFile(join(dataDir, 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[0])
}

/** The one value that a query gives. */
async function ask(url: string, sql: string): Promise<unknown> {
  const { rows } = await withClient(url, (client) => client.query<unknown[]>({ text: sql, rowMode: 'array' }))
  return rows[0]?.[0]
}
