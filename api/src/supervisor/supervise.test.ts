import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { Session } from '@jotc/core/api/account'
import { createDatabase } from '@jotc/db/testing'
import pg from 'pg'
import { type ServiceProcess, startProcess } from '../../test/process.ts'
import { detailsOf, SECRET } from '../../test/system.ts'

const database = await createDatabase()
const folder = await mkdtemp(join(tmpdir(), 'jotc-supervise-'))
after(async () => {
  await database.drop()
  await rm(folder, { recursive: true })
})

const start = (t: TestContext, environment: Record<string, string> = {}) =>
  startProcess(t, { DATABASE_URL: database.url, DATA_DIR: folder, WORKERS: '2', LOG_LEVEL: 'info', ...environment })

async function signIn(url: string): Promise<{ authorization: string }> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${url}/login`, { method: 'POST', headers, body: JSON.stringify(detailsOf('ana')) })
  const { token } = (await answer.json()) as Session
  return { authorization: `Bearer ${token}` }
}

/** Eight clients that solve one board after another, and one that asks whether it is ready, until they are told to stop. */
async function underLoad(url: string) {
  const headers = { ...(await signIn(url)), 'content-type': 'application/json' }
  const tally = { answered: 0, failed: [] as string[] }
  let going = true
  const client = async () => {
    while (going) {
      try {
        const answer = await fetch(`${url}/jotc`, { method: 'POST', headers, body: '{"clouds":"0010010"}' })
        await answer.arrayBuffer()
        if (answer.status === 201) tally.answered++
        else tally.failed.push(String(answer.status))
      } catch (error) {
        tally.failed.push(String((error as Error).cause))
      }
    }
  }
  const prober = async () => {
    while (going) {
      const answer = await fetch(`${url}/health/ready`, { headers: { connection: 'close' } })
      if (answer.status !== 200) tally.failed.push(`ready: ${answer.status}`)
      await wait(20)
    }
  }
  const clients = Promise.all([...Array.from({ length: 8 }, client), prober()])
  return {
    tally,
    async stop() {
      going = false
      await clients
      return tally
    },
  }
}

/** The lines of the log that have this field. */
function linesWith({ written }: ServiceProcess, field: string): Record<string, unknown>[] {
  const lines = written.out.split('\n').filter((line) => line.startsWith('{'))
  return lines.map((line) => JSON.parse(line)).filter((line) => field in line)
}

test('a worker that is killed is replaced, and the other one goes on', async (t) => {
  const service = start(t)
  const url = await service.listening(2)
  const [first = 0, second = 0] = service.workers()
  const { authorization } = await signIn(url)
  process.kill(second, 'SIGKILL')
  await service.wrote('a worker has ended and is replaced')
  assert.equal((await fetch(`${url}/me`, { headers: { authorization } })).status, 200)
  await service.listening(3)
  process.kill(first, 'SIGKILL')
  await service.listening(4)
  assert.equal((await fetch(`${url}/me`, { headers: { authorization } })).status, 200)
})

test('who dies young is replaced after a pause that grows from death to death', async (t) => {
  const service = start(t, { WORKERS: '1' })
  await service.wrote('a worker serves')
  for (const start of [2, 3, 4]) {
    process.kill(service.workers().at(-1) ?? 0, 'SIGKILL')
    await service.listening(start)
  }
  assert.deepEqual(
    linesWith(service, 'pause').map(({ pause }) => pause),
    [100, 200, 400],
  )
})

test('C184: SIGHUP under load replaces all workers and fails no request', async (t) => {
  const service = start(t)
  const load = await underLoad(await service.listening(2))
  service.child.kill('SIGHUP')
  await service.wrote('done replacing')
  const { answered, failed } = await load.stop()
  assert.deepEqual(failed, [])
  assert.ok(answered > 0)
  assert.equal(new Set(service.workers()).size, 4)
})

test('SIGHUP while workers are replaced: they are replaced once more, for what has changed since', async (t) => {
  const service = start(t)
  await service.listening(2)
  service.child.kill('SIGHUP')
  await service.wrote('replacing the workers')
  service.child.kill('SIGHUP')
  await service.listening(6)
  assert.equal(new Set(service.workers()).size, 6)
})

test('a new worker that cannot start changes nothing: the old ones go on', async (t) => {
  const file = join(folder, 'secrets')
  await writeFile(file, SECRET.replaceAll(',', ''))
  const service = start(t, { JWT_SECRETS_FILE: file })
  const url = await service.listening(2)
  await writeFile(file, 'short')
  service.child.kill('SIGHUP')
  await service.wrote('the new worker does not serve')
  assert.match(service.written.err, /^JWT_SECRETS is wrong\./)
  assert.equal((await fetch(`${url}/health/ready`)).status, 200)
})

/** How many requests have begun, in all workers, beside the one that asks. */
async function inFlight(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  const counts = [...text.matchAll(/^jotc_http_requests_in_flight\{.*\} (\d+)$/gm)].map(([, count]) => Number(count))
  return counts.reduce((sum, count) => sum + count, 0) - 1
}

test('SIGTERM: every request that has begun gets its answer, and every worker ends well', async (t) => {
  const service = start(t)
  const url = await service.listening(2)
  const headers = { ...(await signIn(url)), 'content-type': 'application/json' }
  // A locked table keeps the requests in flight for as long as the test likes.
  const lock = new pg.Client(database.url)
  await lock.connect()
  await lock.query('begin; lock table submissions in access exclusive mode')
  const solves = Array.from({ length: 8 }, () =>
    fetch(`${url}/jotc`, { method: 'POST', headers, body: '{"clouds":"0010010"}' }),
  )
  while ((await inFlight(url)) < solves.length) await wait(5)

  service.child.kill('SIGTERM')
  await service.wrote('stopping: SIGTERM')
  await lock.query('commit')
  await lock.end()
  for (const answer of await Promise.all(solves)) assert.equal(answer.status, 201)
  assert.deepEqual(await service.ended, [0, null])
})

test('C097 C116: SIGTERM ends it though clients keep idle and silent connections', async (t) => {
  const service = start(t)
  const { port } = new URL(await service.listening(2))
  const idle = connect(Number(port), '127.0.0.1')
  idle.write('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n')
  await once(idle, 'data')
  const silent = connect(Number(port), '127.0.0.1')
  await once(silent, 'connect')
  const cut = Promise.all([once(idle, 'close'), once(silent, 'close')])
  service.child.kill('SIGTERM')
  assert.deepEqual(await service.ended, [0, null])
  await cut
})

test('what nobody caught is logged with a code, and ends its worker in order', async (t) => {
  const service = start(t, { WORKERS: '1', NODE_OPTIONS: `--import=${new URL('fault.fixture.ts', import.meta.url)}` })
  await service.wrote('a worker serves')
  const [worker = 0] = service.workers()
  process.kill(worker, 'SIGWINCH')
  await service.listening(2)
  const { code, work } = linesWith(service, 'work')[0] ?? {}
  assert.match(String(code), /^[0-9a-f]{16}$/)
  assert.equal(work, 'unhandledRejection')
  assert.deepEqual(
    linesWith(service, 'pause').map(({ code }) => code),
    [1],
  )
})

test('metrics are summed over workers, and no sum falls when one dies', async (t) => {
  const service = start(t)
  const url = await service.listening(2)
  const answered = async () => {
    const text = await (await fetch(`${url}/metrics`)).text()
    return Number(/_count\{method="GET",route="\/me",status="401"\} (\d+)/.exec(text)?.[1] ?? 0)
  }
  // Each connection goes to the next worker.
  for (let n = 0; n < 10; n++) await fetch(`${url}/me`, { headers: { connection: 'close' } })
  assert.equal(await answered(), 10)
  process.kill(service.workers()[0] ?? 0, 'SIGKILL')
  await service.listening(3)
  assert.equal(await answered(), 10)
  const text = await (await fetch(`${url}/metrics`)).text()
  assert.match(text, /jotc_worker_ends_total\{how="SIGKILL"\} 1\n/)
  assert.match(text, /jotc_workers 2\n/)
  assert.match(text, /process_resident_memory_bytes\{worker="1"\} \d+/)
})

test('a connection that is handed to a worker as it dies is closed, and not left waiting for ever', async (t) => {
  const service = start(t)
  const { port } = new URL(await service.listening(2))
  const [worker = 0] = service.workers()
  process.kill(worker, 'SIGSTOP')
  const sockets = [1, 2].map(() => connect(Number(port), '127.0.0.1'))
  for (const socket of sockets) socket.write('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n')
  const { promise: closed, resolve: isClosed } = Promise.withResolvers<unknown>()
  const { promise: answered, resolve: isAnswered } = Promise.withResolvers<unknown>()
  for (const socket of sockets) {
    socket.on('error', () => {})
    socket.once('close', isClosed).once('data', isAnswered)
  }
  // Connections go to the workers by turns: one was answered, the other one waits.
  await answered
  process.kill(worker, 'SIGKILL')
  await closed
  for (const socket of sockets) socket.destroy()
})

test('SIGHUP: a batch that has begun goes on in its old worker, whose feeds are told to come back', async (t) => {
  const service = start(t, { WORKERS: '1' })
  const url = await service.listening()
  const headers = await signIn(url)
  const body = new TransformStream()
  const sent = body.writable.getWriter()
  const says = (text: string) => sent.write(new TextEncoder().encode(text))
  const [batch, feed] = await Promise.all([
    fetch(`${url}/jotc/batch`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'text/plain' },
      body: body.readable,
      duplex: 'half',
    }),
    fetch(`${url}/jotc/live`, { headers }),
    says('000\n'),
  ])
  service.child.kill('SIGHUP')
  assert.match(await feed.text(), /event: end\ndata: \{"reason":"closing"\}/)
  await says('0010010\n')
  await sent.close()
  const answers = (await batch.text()).trim().split('\n')
  assert.deepEqual(
    answers.map((line) => JSON.parse(line).total),
    [1, 4],
  )
  await service.listening(2)
})

test('a log that nobody reads stops no answer, and not the end', async (t) => {
  const service = start(t, { WORKERS: '1' })
  const url = await service.listening()
  service.child.stdout?.pause()
  // Each is a line of more than sixteen thousand characters: together they are twice as much as may wait.
  const long = `/nothing/${'x'.repeat(8_000)}`
  for (let n = 0; n < 600; n++) assert.equal((await fetch(url + long)).status, 404)
  const text = await (await fetch(`${url}/metrics`)).text()
  assert.ok(Number(/^jotc_log_lines_total\{outcome="dropped"\} (\d+)/m.exec(text)?.[1]) > 0, text)
  service.child.kill('SIGTERM')
  assert.deepEqual(await once(service.child, 'exit'), [0, null])
})
