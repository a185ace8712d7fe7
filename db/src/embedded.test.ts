import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, test } from 'node:test'
import pg from 'pg'
import { findPostgres, InUse, type Postgres, startPostgres } from './embedded.ts'

const scratch = await mkdtemp(join(tmpdir(), 'jotc embedded '))
after(() => rm(scratch, { recursive: true, force: true }))

let folders = 0
const newFolder = () => join(scratch, `server ${++folders}`)

/** Starts a server in this process that ends with the test. */
async function start(t: { after(end: () => Promise<void>): void }, dataDir: string): Promise<Postgres> {
  const server = await startPostgres({ dataDir })
  t.after(() => server.stop())
  return server
}

test('what was stored is there after stop and start, without a recovery', async (t) => {
  const dataDir = newFolder()
  const first = await start(t, dataDir)
  await ask(first.url, "create table kept as select 'rain' as word")
  await first.stop()
  const second = await start(t, dataDir)
  assert.equal(await ask(second.url, 'select word from kept'), 'rain')
  assert.doesNotMatch(await readFile(join(dataDir, 'postgres.log'), 'utf8'), /recovery/)
})

test('after the server was killed stop resolves, and the next start recovers what was committed', async (t) => {
  const dataDir = newFolder()
  const first = await start(t, dataDir)
  await ask(first.url, "create table kept as select 'rain' as word")
  process.kill(await postmasterPid(dataDir), 'SIGKILL')
  await first.stop()
  const second = await start(t, dataDir)
  assert.equal(await ask(second.url, 'select word from kept'), 'rain')
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

test('when its starter is killed the server shuts down by itself', async () => {
  const { starter, url } = await startElsewhere(newFolder())
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
  await ask(url, "create table kept as select 'rain' as word")
  starter.kill('SIGKILL')
  await once(starter, 'exit')
  const server = await start(t, dataDir)
  assert.equal(await ask(server.url, 'select word from kept'), 'rain')
})

test('a second process is told that the folder is in use, and can find the server', async () => {
  const dataDir = newFolder()
  const { starter, url } = await startElsewhere(dataDir)
  await assert.rejects(startPostgres({ dataDir }), InUse)
  assert.equal(await findPostgres(dataDir), url)
  starter.kill('SIGTERM')
  await once(starter, 'exit')
})

test('text and case are the same under any locale of the system', async () => {
  const { starter, url } = await startElsewhere(newFolder(), { LANG: 'tr_TR.ISO8859-9', LC_ALL: 'tr_TR.ISO8859-9' })
  assert.equal(await ask(url, 'show server_encoding'), 'UTF8')
  assert.equal(await ask(url, "select 'İpek → ß'"), 'İpek → ß')
  assert.equal(await ask(url, "select lower('I') || upper('i') || lower('Ä')"), 'iIä')
  starter.kill('SIGTERM')
  await once(starter, 'exit')
})

test('a folder with blanks, letters beyond ASCII and a long name serves', async (t) => {
  const dataDir = join(scratch, 'jo tc ö', 'very long '.repeat(12), '雲')
  const server = await start(t, dataDir)
  assert.equal(await ask(server.url, 'select 1'), 1)
})

test('root runs the server as an unprivileged user, also below a folder closed to that user', {
  skip: process.getuid?.() !== 0 && 'needs root',
}, async (t) => {
  const closed = newFolder()
  await mkdir(closed)
  await chmod(closed, 0o700)
  const server = await start(t, join(closed, 'data'))
  assert.equal(await ask(server.url, 'select 1'), 1)
  const { uid } = await stat(`/proc/${await postmasterPid(join(closed, 'data'))}`)
  assert.notEqual(uid, 0)
})

test('nobody gets in without the password, which its owner alone can read', async (t) => {
  const dataDir = newFolder()
  const { url } = await start(t, dataDir)
  const guess = new URL(url)
  guess.password = 'guess'
  await assert.rejects(ask(guess.href, 'select 1'), { code: '28P01' })
  assert.equal((await stat(join(dataDir, 'password'))).mode & 0o777, 0o600)
  assert.equal((await stat(dataDir)).mode & 0o777, 0o700)
})

test('a server that cannot start says why in one line', async (t) => {
  const dataDir = newFolder()
  await (await start(t, dataDir)).stop()
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
  const client = new pg.Client(url)
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<unknown[]>({ text: sql, rowMode: 'array' })
    return rows[0]?.[0]
  } finally {
    await client.end()
  }
}
