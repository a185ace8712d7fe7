import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { Problem } from '@jotc/core/api/problem'
import { logOf } from '@jotc/testing/service/log'
import { ORIGIN, system } from '@jotc/testing/service/system'
import type { FastifyInstance } from 'fastify'

/** A service that listens, with a route that answers when it is told to, and one that does not count. */
async function listening(t: TestContext) {
  const { promise: opened, resolve: open } = Promise.withResolvers<void>()
  // Before the service ends, which answers all that it has begun.
  t.after(() => open())
  const { api } = await system(t)
  api.get('/waits', async () => await opened)
  api.post('/waits', async () => await opened)
  api.get('/streams', { config: { streaming: true } }, async () => await opened)
  const url = await api.listen({ port: 0, host: '127.0.0.1' })
  /** Resolves once this is how a request is answered: 401, or 503 by which it is shed. */
  const answers = async (status: 401 | 503) => {
    while ((await fetch(`${url}/me`)).status !== status) await wait(20)
  }
  return { api, open, url, answers, opens: () => connect(Number(new URL(url).port), '127.0.0.1') }
}

const inFlight = async (api: FastifyInstance) =>
  /^jotc_http_requests_in_flight\{worker="0"\} (\d+)$/m.exec(await api.metrics.text())?.[1]

test('beyond 500 requests in flight one is refused at once: the page can read it, metrics and log have it; operators are answered', async (t) => {
  const { open, api, url, answers } = await listening(t)
  const log = logOf(api)
  const streaming = api.inject('/streams').then(() => {})
  const waiting = Array.from({ length: 500 }, () => api.inject('/waits').then(() => {}))
  const refused = await fetch(`${url}/me`, { headers: { origin: ORIGIN } })
  assert.equal(refused.status, 503)
  assert.equal(refused.headers.get('retry-after'), '2')
  assert.equal(refused.headers.get('access-control-allow-origin'), ORIGIN)
  assert.match(String(refused.headers.get('content-type')), /^application\/problem\+json/)
  const problem = (await refused.json()) as Problem
  assert.deepEqual([problem.status, problem.requestId], [503, refused.headers.get('x-request-id')])
  for (const path of ['/health/live', '/health/ready', '/metrics']) assert.equal((await fetch(url + path)).status, 200)
  assert.equal((await fetch(`${url}/me`, { method: 'OPTIONS' })).status, 204)

  const metrics = await api.metrics.text()
  assert.match(metrics, /^jotc_http_request_duration_seconds_count\{method="GET",route="\/me",status="503"\} 1$/m)
  assert.match(metrics, /^jotc_refused_early_total\{.*why="queue"\} 1$/m)
  assert.equal(log.lines.filter(({ msg }) => msg === 'GET /me 503').length, 1)
  while (!log.lines.some(({ msg }) => msg === 'overloaded, requests refused')) await wait(20)
  open()
  await Promise.all([...waiting, streaming])
  await answers(401)
})

test('a queue of more than a second’s work lets no more in, until it is gone', async (t) => {
  const { open, api, answers } = await listening(t)
  const waiting = Array.from({ length: 60 }, () => api.inject('/waits').then(() => {}))
  await answers(503)
  open()
  await Promise.all(waiting)
  await answers(401)
})

test('an event loop that is late again and again sheds, and serves again when it is not', async (t) => {
  const { api, answers } = await listening(t)
  const keepBusy = setInterval(() => {
    const until = performance.now() + 600
    while (performance.now() < until);
  })
  t.after(() => clearInterval(keepBusy))
  await answers(503)
  clearInterval(keepBusy)
  await answers(401)
  assert.match(await api.metrics.text(), /^jotc_refused_early_total\{.*why="event loop"\} [1-9]/m)
})

test('a request whose body is still on its way is no load', async (t) => {
  const { api, open, opens } = await listening(t)
  const begun = once(api.server, 'request')
  const socket = opens()
  t.after(() => socket.destroy())
  const head = 'POST /waits HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n'
  socket.write(`${head}{`)
  await begun
  assert.equal(await inFlight(api), '0')
  socket.write('}')
  while ((await inFlight(api)) !== '1') await wait(10)
  open()
})

test('whoever leaves before the answer does not count any more', async (t) => {
  const { api, opens } = await listening(t)
  const begun = once(api.server, 'request')
  const socket = opens().end('GET /waits HTTP/1.1\r\nHost: x\r\n\r\n')
  const [, response] = await begun
  socket.destroy()
  await once(response, 'close')
  assert.equal(await inFlight(api), '0')
})

test('headers that do not come to an end are ended after 10 s', async (t) => {
  const { opens } = await listening(t)
  const socket = opens()
  socket.write('GET /me HTTP/1.1\r\nHost: x\r\nX-Slow: ')
  assert.match(await text(socket), /^HTTP\/1\.1 408 Request Timeout\r\n/)
})
