import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { withClient } from '@jotc/testing/servers/database'
import { WAITING_FOR_LOCK } from '@jotc/testing/service/backends'
import { system } from '@jotc/testing/service/system'

test('closing answers what is in flight and ends its connection, though the client would keep it', async (t) => {
  const { api, person, databaseUrl, sql } = await system(t)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  t.after(() => agent.destroy())
  await withClient(databaseUrl, async (holder) => {
    // A locked table keeps the request in flight until closing has begun.
    api.addHook('preClose', async () => void (await holder.query('commit')))
    const { headers } = await person('ana')
    const url = await api.listen({ port: 0, host: '127.0.0.1' })
    await holder.query('begin; lock table submissions in access exclusive mode')
    const sent = { agent, method: 'POST', headers: { ...headers, 'content-type': 'application/json' } }
    const answered = once(request(`${url}/jotc`, sent).end('{"clouds":"000"}'), 'response')
    while ((await sql(WAITING_FOR_LOCK)).length === 0) await wait(5)

    const closed = api.close()
    const [response] = await answered
    response.resume()
    assert.deepEqual([response.statusCode, response.headers.connection], [201, 'close'])
    await closed
  })
})

test('a request that comes on a new connection just as closing begins is answered', async (t) => {
  const { api } = await system(t)
  const url = await api.listen({ port: 0, host: '127.0.0.1' })
  const { promise: closed, resolve } = Promise.withResolvers<void>()
  api.server.once('connection', () => resolve(api.close()))
  const [response] = await once(request(`${url}/health/live`, { agent: false }).end(), 'response')
  response.resume()
  assert.equal(response.statusCode, 200)
  await closed
})
