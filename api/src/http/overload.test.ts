import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { Problem } from '@jotc/core/api/problem'
import type { FastifyInstance } from 'fastify'
import { ORIGIN, system } from '../../test/system.ts'
import { watchPressure } from './pressure.ts'

/** A service that listens, with a route that answers when it is told to, and one that does not count. */
async function listening(t: TestContext) {
  const { api } = await system(t)
  const { promise: opened, resolve: open } = Promise.withResolvers<void>()
  t.after(() => open())
  api.get('/waits', async () => await opened)
  api.get('/lasts', { config: { lasting: true } }, async () => await opened)
  await api.listen({ port: 0, host: '127.0.0.1' })
  const { port } = api.server.address() as { port: number }
  return { api, open, port, url: `http://127.0.0.1:${port}` }
}

async function metricsOf(api: FastifyInstance, name: RegExp): Promise<string[]> {
  return (await api.metrics.text()).split('\n').filter((line) => name.test(line) && !line.startsWith('#'))
}

const IN_FLIGHT = /^jotc_http_requests_in_flight/

test('with too much to do a request is refused at once, so that the page can read it; operators are answered', async (t) => {
  const { api, open, url } = await listening(t)
  const lasting = api.inject('/lasts').then(() => {})
  const waiting = Array.from({ length: 1_000 }, () => api.inject('/waits').then(() => {}))
  const refused = await fetch(`${url}/me`, { headers: { origin: ORIGIN } })
  assert.equal(refused.status, 503)
  assert.equal(refused.headers.get('retry-after'), '2')
  assert.equal(refused.headers.get('access-control-allow-origin'), ORIGIN)
  assert.equal(refused.headers.get('content-type'), 'application/problem+json')
  const problem = (await refused.json()) as Problem
  assert.deepEqual([problem.status, problem.requestId], [503, refused.headers.get('x-request-id')])
  for (const path of ['/health/live', '/health/ready', '/metrics']) assert.equal((await fetch(url + path)).status, 200)
  assert.equal((await fetch(`${url}/me`, { method: 'OPTIONS' })).status, 204)
  assert.deepEqual(await metricsOf(api, IN_FLIGHT), ['jotc_http_requests_in_flight{worker="0"} 1000'])
  assert.deepEqual(await metricsOf(api, /^jotc_refused_early_total\{why="queue"/), [
    'jotc_refused_early_total{why="queue"} 1',
  ])

  open()
  await Promise.all([...waiting, lasting])
  assert.equal((await fetch(`${url}/me`)).status, 401)
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

test('headers that do not come to an end are ended: a problem after 10 s', async (t) => {
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

test('a queue that stays longer than half a second’s work lets no more in, until nobody has to be refused', async (t) => {
  const pressure = watchPressure()
  t.after(() => pressure.stop())
  const ends = Array.from({ length: 300 }, () => pressure.begin())
  assert.equal(pressure.tooMuch(), false)
  while (!pressure.tooMuch()) await wait(10)
  assert.equal(pressure.most, 50)
  for (const end of ends) end()
  assert.equal(pressure.tooMuch(), false)
  while (pressure.most < 1_000) await wait(10)
})

test('an event loop that is late again and again refuses, and serves as soon as it is not', async (t) => {
  const pressure = watchPressure()
  t.after(() => pressure.stop())
  for (let look = 0; look < 5; look++) {
    const until = performance.now() + 600
    while (performance.now() < until);
    await wait(0)
  }
  assert.equal(pressure.tooMuch(), true)
  assert.deepEqual(pressure.refused, { queue: 0, 'event loop': 1 })
  while (pressure.tooMuch()) await wait(10)
})
