import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { Problem } from '@jotc/core/api/problem'
import { logOf } from '@jotc/testing/service/log'
import { ORIGIN, system } from '@jotc/testing/service/system'
import type { FastifyInstance } from 'fastify'

/** A service that listens, with a route that answers when it is told to, and one that does not count. */
async function listening(t: TestContext) {
  const { api } = await system(t)
  const { promise: opened, resolve: open } = Promise.withResolvers<void>()
  t.after(() => open())
  api.get('/waits', async () => await opened)
  api.post('/waits', async () => await opened)
  api.get('/streams', { config: { streaming: true } }, async () => await opened)
  await api.listen({ port: 0, host: '127.0.0.1' })
  const { port } = api.server.address() as { port: number }
  return { api, open, port, url: `http://127.0.0.1:${port}` }
}

async function metricsOf(api: FastifyInstance, name: RegExp): Promise<string[]> {
  return (await api.metrics.text()).split('\n').filter((line) => name.test(line) && !line.startsWith('#'))
}

const IN_FLIGHT = /^jotc_http_requests_in_flight/

test('beyond 500 requests in flight one is refused at once, so that the page can read it; operators are answered', async (t) => {
  const { open, api, url } = await listening(t)
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

  open()
  await Promise.all([...waiting, streaming])
  while ((await fetch(`${url}/me`)).status !== 401) await wait(20)
})

test('a queue of more than a second’s work lets no more in, until it is gone', async (t) => {
  const { open, api, url } = await listening(t)
  const waiting = Array.from({ length: 60 }, () => api.inject('/waits').then(() => {}))
  while ((await fetch(`${url}/me`)).status !== 503) await wait(20)
  open()
  await Promise.all(waiting)
  while ((await fetch(`${url}/me`)).status !== 401) await wait(20)
})

test('what is shed is counted where all requests are, has a line in the log, and one a second says how many', async (t) => {
  const { api, open, url } = await listening(t)
  const log = logOf(api)
  const waiting = Array.from({ length: 500 }, () => api.inject('/waits').then(() => {}))
  for (let n = 0; n < 3; n++) assert.equal((await fetch(`${url}/me`)).status, 503)
  const counted = await metricsOf(api, /^jotc_http_request_duration_seconds_count/)
  assert.ok(counted.includes('jotc_http_request_duration_seconds_count{method="GET",route="/me",status="503"} 3'))
  assert.match((await metricsOf(api, /^jotc_refused_early_total/)).join(), /why="queue"\} [1-9]/)
  assert.equal(log.lines.filter(({ msg }) => msg === 'GET /me 503').length, 3)
  while (!log.lines.some(({ msg }) => msg === 'overloaded, requests refused')) await wait(20)
  open()
  await Promise.all(waiting)
})

test('an event loop that is late again and again sheds, and serves again when it is not', async (t) => {
  const { api, url } = await listening(t)
  const keepBusy = setInterval(() => {
    const until = performance.now() + 600
    while (performance.now() < until);
  })
  t.after(() => clearInterval(keepBusy))
  while ((await fetch(`${url}/me`)).status !== 503);
  clearInterval(keepBusy)
  while ((await fetch(`${url}/me`)).status !== 401) await wait(20)
  assert.match((await metricsOf(api, /^jotc_refused_early_total/)).join(), /why="event loop"\} [1-9]/)
})

test('a request whose body is still on its way is no load', async (t) => {
  const { api, open, port } = await listening(t)
  const begun = once(api.server, 'request')
  const socket = connect(port, '127.0.0.1')
  t.after(() => socket.destroy())
  const head = 'POST /waits HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n'
  socket.write(`${head}{`)
  await begun
  assert.deepEqual(await metricsOf(api, IN_FLIGHT), ['jotc_http_requests_in_flight{worker="0"} 0'])
  socket.write('}')
  while (!(await metricsOf(api, IN_FLIGHT)).join().endsWith(' 1')) await wait(10)
  open()
})

test('whoever leaves before the answer does not count any more', async (t) => {
  const { api, port } = await listening(t)
  const begun = once(api.server, 'request')
  const socket = connect(port, '127.0.0.1').end('GET /waits HTTP/1.1\r\nHost: x\r\n\r\n')
  const [, response] = await begun
  socket.destroy()
  await once(response, 'close')
  assert.deepEqual(await metricsOf(api, IN_FLIGHT), ['jotc_http_requests_in_flight{worker="0"} 0'])
})

test('headers that do not come to an end are ended after 10 s', async (t) => {
  const { port } = await listening(t)
  const socket = connect(port, '127.0.0.1')
  socket.write('GET /me HTTP/1.1\r\nHost: x\r\nX-Slow: ')
  let answer = ''
  socket.on('data', (chunk) => {
    answer += chunk
  })
  await once(socket, 'close')
  assert.match(answer, /^HTTP\/1\.1 408 Request Timeout\r\n/)
})
