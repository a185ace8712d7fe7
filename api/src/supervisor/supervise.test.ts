import assert from 'node:assert/strict'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { after, type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { temporaryFolder } from '@jotc/testing/folder'
import { createDatabase } from '@jotc/testing/servers/database'
import { detailsOf, signIn as signInAt } from '@jotc/testing/service/client'
import { type ServiceProcess, startProcess } from '@jotc/testing/service/process'
import { becomesTrue, SECRET } from '@jotc/testing/service/system'

const database = await createDatabase()
after(() => database.drop())
const folder = temporaryFolder('supervise')

const start = (t: TestContext, environment: Record<string, string> = {}) =>
  startProcess(t, {
    ...{ DATABASE_URL: database.url, DATA_DIR: folder.path, WORKERS: '2', LOG_LEVEL: 'info' },
    ...environment,
  })

const signIn = async (url: string) => ({ authorization: `Bearer ${(await signInAt(url, detailsOf('ana'))).token}` })

/** The lines of the log that have this field. Of the last one not all may have come yet. */
function linesWith({ written }: ServiceProcess, field: string): Record<string, unknown>[] {
  const lines = written.out.split('\n').slice(0, -1)
  return lines.map((line) => JSON.parse(line)).filter((line) => field in line)
}

test('a worker that is killed is replaced, and the other one goes on; metrics are summed over workers, and say how they exited; one that exits early is replaced after a pause that grows', async (t) => {
  const service = start(t)
  const url = await service.listening(2)
  const [, second = 0] = service.workers()
  // Each connection goes to the next worker.
  for (let n = 0; n < 10; n++) await fetch(`${url}/me`, { headers: { connection: 'close' } })
  const refused = 'jotc_http_request_duration_seconds_count{method="GET",route="/me",status="401"}'
  assert.equal((await metricsOf(url)).get(refused), 10)
  const { authorization } = await signIn(url)
  process.kill(second, 'SIGKILL')
  await service.wrote('worker exited, starting a replacement')
  assert.equal((await fetch(`${url}/me`, { headers: { authorization } })).status, 200)
  await service.listening(3)
  const metrics = await metricsOf(url)
  assert.equal(metrics.get('jotc_worker_ends_total{how="SIGKILL"}'), 1)
  assert.equal(metrics.get('jotc_workers'), 2)
  assert.equal(seriesOf(metrics, 'process_resident_memory_bytes').length, 3)
  for (const starts of [3, 4]) {
    await service.listening(starts)
    process.kill(service.workers().at(-1) ?? 0, 'SIGKILL')
  }
  await service.listening(5)
  const [pause = 0, next] = linesWith(service, 'pauseMs')
    .map(({ pauseMs }) => Number(pauseMs))
    .slice(-2)
  assert.ok(pause >= 100)
  assert.equal(next, 2 * pause)
})

test('two workers', async (t) => {
  const service = start(t)
  const url = await service.listening(2)

  await t.test(
    'SIGHUP replaces all workers, and again for what has changed meanwhile; one is always ready',
    async () => {
      service.child.kill('SIGHUP')
      await service.wrote('replacing workers')
      service.child.kill('SIGHUP')
      const replaced = service.wrote('workers replaced', 2).then(() => true)
      while (!(await Promise.race([replaced, wait(20, false)]))) {
        const { status } = await fetch(`${url}/health/ready`, { headers: { connection: 'close' } })
        // Where the machine is too busy, the service says that its database was late.
        assert.ok(status === 200 || service.written.out.includes('"msg":"not ready"'), String(status))
      }
      assert.equal(new Set(service.workers()).size, 6)
    },
  )

  // Lines of three thousand characters, more of them than a pipe holds.
  const long = `/nothing/${'x'.repeat(1_400)}`
  await t.test('lines of several workers do not mix, though their reader stalled while they went on', async () => {
    service.child.stdout?.pause()
    await Promise.all(Array.from({ length: 200 }, () => fetch(url + long, { headers: { connection: 'close' } })))
    service.child.stdout?.resume()
    await service.wrote(`"path":"${long}"`, 200)
    // The end of the last one may still be on its way.
    await becomesTrue(async () => linesWith(service, 'path').filter(({ path }) => path === long).length === 200)
  })

  await t.test(
    'SIGTERM: every request that has begun gets its answer, idle and silent connections are cut, and every worker ends well',
    async () => {
      const port = Number(new URL(url).port)
      const idle = connect(port, '127.0.0.1')
      idle.write('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n')
      await once(idle, 'data')
      const silent = connect(port, '127.0.0.1')
      await once(silent, 'connect')
      const cut = Promise.all([once(idle, 'close'), once(silent, 'close')])
      const statuses = await eightSolves(url)
      service.child.kill('SIGTERM')
      await service.wrote('stopping: SIGTERM')
      assert.deepEqual(await statuses(), Array(8).fill(201))
      assert.deepEqual(await service.ended, [0, null])
      await cut
    },
  )
})

test('a new worker that cannot start changes nothing: the old one goes on, also when the reader of the log is gone, to the end', async (t) => {
  const file = join(folder.path, 'secrets')
  await writeFile(file, SECRET.replaceAll(',', ''))
  const service = start(t, { JWT_SECRETS_FILE: file, WORKERS: '1' })
  const url = await service.listening()
  await service.wrote('worker ready')
  await writeFile(file, 'short')
  service.child.kill('SIGHUP')
  await service.wrote('new worker did not become ready')
  assert.match(service.written.err, /^JWT_SECRETS does not fit\./)
  service.child.stdout?.destroy()
  for (let n = 0; n < 3; n++) assert.equal((await fetch(`${url}/health/ready`)).status, 200)
  for (let n = 0; n < 3; n++) assert.equal((await fetch(`${url}/nothing`)).status, 404)
  service.child.kill('SIGTERM')
  assert.deepEqual(await service.ended, [0, null])
})

/** Begins requests of which the service awaits the bodies. @returns sends them, and gives the statuses of the answers */
async function eightSolves(url: string): Promise<() => Promise<(number | undefined)[]>> {
  const headers = { ...(await signIn(url)), 'content-type': 'application/json', expect: '100-continue' }
  const solves = Array.from({ length: 8 }, () => request(`${url}/jotc`, { method: 'POST', headers }))
  await Promise.all(
    solves.map(async (solve) => {
      solve.flushHeaders()
      await once(solve, 'continue')
    }),
  )
  return async () =>
    await Promise.all(
      solves.map(async (solve) => {
        solve.end('{"clouds":"0010010"}')
        const [answer]: IncomingMessage[] = await once(solve, 'response')
        return answer?.resume().statusCode
      }),
    )
}

test('one worker', async (t) => {
  const NODE_OPTIONS = `--import=${import.meta.resolve('@jotc/testing/unhandled-rejection')}`
  const service = start(t, { WORKERS: '1', NODE_OPTIONS })
  let url = await service.listening()
  await service.wrote('worker ready')

  await t.test(
    'what nobody caught is logged with a code, and ends its worker once all that has begun is answered',
    async () => {
      const statuses = await eightSolves(url)
      const [worker = 0] = service.workers()
      process.kill(worker, 'SIGWINCH')
      await service.wrote('unhandledRejection')
      assert.deepEqual(await statuses(), Array(8).fill(201))
      // With its last worker a free port of the system's choice goes.
      url = await service.listening(2)
      const { code, work } = linesWith(service, 'work')[0] ?? {}
      assert.match(String(code), /^[0-9a-f]{16}$/)
      assert.equal(work, 'unhandledRejection')
      const exits = linesWith(service, 'pauseMs').map(({ code }) => code)
      assert.deepEqual(exits, [1])
    },
  )

  await t.test(
    'SIGHUP during a batch: it goes on in its old worker, whose feeds are told to come back; counts outlive that worker, gauges do not',
    async () => {
      const headers = await signIn(url)
      const boards = new PassThrough()
      boards.write('000\n')
      const plain = { ...headers, 'content-type': 'text/plain' }
      const sent = { method: 'POST', headers: plain, body: Readable.toWeb(boards), duplex: 'half' } as const
      const [batch, feed] = await Promise.all([
        fetch(`${url}/jotc/batch`, sent),
        fetch(`${url}/jotc/live`, { headers }),
      ])
      for (let n = 0; n < 10; n++) await fetch(`${url}/me`)
      const count = 'jotc_http_request_duration_seconds_count{method="GET",route="/me",status="401"}'

      service.child.kill('SIGHUP')
      assert.match(await feed.text(), /event: end\ndata: \{"reason":"closing"\}/)
      await service.listening(3)
      const both = await metricsOf(url)
      assert.equal(both.get('jotc_workers'), 2)
      assert.equal(both.get(count), 10)
      assert.deepEqual(seriesOf(both, 'jotc_store_up'), ['jotc_store_up{worker="2"}', 'jotc_store_up{worker="3"}'])

      boards.end('0010010\n')
      const totals = (await batch.text()).match(/(?<="total":)\d+/g)
      assert.deepEqual(totals, ['1', '4'])
      await service.wrote('workers replaced')
      const one = await metricsOf(url)
      assert.equal(one.get(count), 10)
      assert.deepEqual(seriesOf(one, 'jotc_store_up'), ['jotc_store_up{worker="3"}'])
      assert.deepEqual(seriesOf(one, 'process_resident_memory_bytes'), [
        'process_resident_memory_bytes{worker="3"}',
        'process_resident_memory_bytes{worker="supervisor"}',
      ])
    },
  )

  // The workers that have ended left the output, which they share, as they found it.
  await t.test('a log that nobody reads stops no answer, and not the end', async () => {
    service.child.stdout?.pause()
    // Each is a line of more than sixteen thousand characters: together they are twice as much as may wait.
    const long = `/nothing/${'x'.repeat(8_000)}`
    for (let n = 0; n < 600; n++) assert.equal((await fetch(url + long)).status, 404)
    assert.ok(Number((await metricsOf(url)).get('jotc_log_lines_total{outcome="dropped"}')) > 0)
    service.child.kill('SIGTERM')
    assert.deepEqual(await once(service.child, 'exit'), [0, null])
  })
})

/** The metrics of all workers: the value of each series. */
async function metricsOf(url: string): Promise<Map<string, number>> {
  const text = await (await fetch(`${url}/metrics`)).text()
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(lines.map((line) => [line.replace(/ \S+$/, ''), Number(line.split(' ').at(-1))]))
}

function seriesOf(metrics: Map<string, number>, name: string): string[] {
  return [...metrics.keys()].filter((series) => series.startsWith(`${name}{`)).sort()
}
