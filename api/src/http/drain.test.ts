import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { system } from '@jotc/testing/service/system'
import pg from 'pg'

test('closing answers what is in flight and ends its connection, though the client would keep it', async (t) => {
  const { api, person, databaseUrl, sql } = await system(t)
  const { promise: closing, resolve: hasBegun } = Promise.withResolvers<void>()
  api.addHook('preClose', async () => hasBegun())
  const { token } = await person('ana')
  await api.listen({ port: 0, host: '127.0.0.1' })
  const { port } = api.server.address() as { port: number }
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  t.after(() => agent.destroy())

  // A locked table keeps the request in flight for as long as the test likes.
  const lock = new pg.Client(databaseUrl)
  await lock.connect()
  await lock.query('begin; lock table submissions in access exclusive mode')
  const asked = request({
    port,
    agent,
    host: '127.0.0.1',
    method: 'POST',
    path: '/jotc',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  }).end('{"clouds":"000"}')
  const answered = once(asked, 'response')
  const waiting = "select from pg_stat_activity where application_name = 'jotc-api' and wait_event_type = 'Lock'"
  while ((await sql(waiting)).length === 0) await wait(5)

  const closed = api.close()
  await closing
  await lock.query('commit')
  await lock.end()
  const [response] = await answered
  response.resume()
  assert.equal(response.statusCode, 201)
  assert.equal(response.headers.connection, 'close')
  await closed
})

test('a request that comes on a new connection just as closing begins is answered', async (t) => {
  const { api } = await system(t)
  await api.listen({ port: 0, host: '127.0.0.1' })
  const { port } = api.server.address() as { port: number }
  const { promise: closed, resolve } = Promise.withResolvers<void>()
  api.server.once('connection', () => resolve(api.close()))
  const asked = request({ port, host: '127.0.0.1', path: '/health/live', agent: false }).end()
  const [response] = await once(asked, 'response')
  response.resume()
  assert.equal(response.statusCode, 200)
  await closed
})
