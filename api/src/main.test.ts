import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { createDatabase } from '@jotc/db/testing'
import { detailsOf } from './testing.ts'

const database = await createDatabase()
const folder = await mkdtemp(join(tmpdir(), 'jotc-main-'))
after(async () => {
  await database.drop()
  await rm(folder, { recursive: true })
})

/** The service as a process of its own, and what it has written so far. */
function start(t: TestContext, environment: Record<string, string> = {}) {
  const child = fork(fileURLToPath(new URL('main.ts', import.meta.url)), {
    silent: true,
    env: {
      DATABASE_URL: database.url,
      DATA_DIR: folder,
      API_PORT: '0',
      LOG_FORMAT: 'json',
      ...environment,
    },
  })
  t.after(() => child.kill('SIGKILL'))
  const written = { out: '', err: '' }
  child.stdout?.on('data', (chunk) => {
    written.out += chunk
  })
  child.stderr?.on('data', (chunk) => {
    written.err += chunk
  })
  const streams = [child.stdout, child.stderr].map((stream) => once(stream as NodeJS.ReadableStream, 'close'))
  const ended = Promise.all([once(child, 'exit'), ...streams]).then(([exit]) => exit)
  return { child, written, ended }
}

async function urlOf(child: ChildProcess, written: { out: string }): Promise<string> {
  for (;;) {
    const url = /listening at (http:\/\/[^"]+)/.exec(written.out)?.[1]
    if (url !== undefined) return url
    await once(child.stdout as NodeJS.ReadableStream, 'data')
  }
}

for (const [how, stop] of [
  ['SIGTERM', (child: ChildProcess) => child.kill('SIGTERM')],
  ['SIGINT', (child: ChildProcess) => child.kill('SIGINT')],
  ['the end of its parent', (child: ChildProcess) => child.disconnect()],
] as const) {
  test(`the service starts, serves, and ends well on ${how}`, async (t) => {
    const { child, written, ended } = start(t)
    const url = await urlOf(child, written)
    assert.equal((await fetch(`${url}/health/ready`)).status, 200)
    stop(child)
    assert.deepEqual(await ended, [0, null])
  })
}

test('C046 C080: tokens, details and queries are in no line of the log, and each request has one', async (t) => {
  const { child, written, ended } = start(t, { LOG_LEVEL: 'trace' })
  const url = await urlOf(child, written)
  const details = detailsOf('logged')
  const body = JSON.stringify(details)
  const headers = { 'content-type': 'application/json' }
  const { token } = (await (await fetch(`${url}/login`, { method: 'POST', headers, body })).json()) as { token: string }
  await fetch(`${url}/jotc?token=${token}&email=${details.email}`, { headers: { authorization: `Bearer ${token}` } })
  await fetch(`${url}/me`, { headers: { authorization: `Bearer ${token}x` } })
  child.kill('SIGTERM')
  await ended
  for (const secret of [token, details.email, details.lastName, details.birthDate]) {
    assert.ok(!written.out.includes(secret), secret)
  }
  const lines = written.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const requests = lines.filter((line) => line.status !== undefined)
  assert.deepEqual(
    requests.map(({ method, route, status }) => [method, route, status]),
    [
      ['POST', '/login', 200],
      ['GET', '/jotc', 400],
      ['GET', '/me', 401],
    ],
  )
  assert.ok(requests.every((line) => typeof line.requestId === 'string' && typeof line.ms === 'number'))
})

test('a wrong setting ends the start with one line that names it', async (t) => {
  const { written, ended } = start(t, { JWT_LIFETIME: 'forever' })
  assert.deepEqual(await ended, [1, null])
  assert.equal(written.err, 'JWT_LIFETIME is “forever”. It must be a whole number from 60 to 604800.\n')
  assert.equal(written.out, '')
})

test('a taken port ends the start with one line that names it', async (t) => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  t.after(() => taken.close())
  const { port } = taken.address() as { port: number }
  const { written, ended } = start(t, { API_PORT: String(port) })
  assert.deepEqual(await ended, [1, null])
  assert.equal(written.err, `API_PORT is ${port}, and another process listens there.\n`)
})
