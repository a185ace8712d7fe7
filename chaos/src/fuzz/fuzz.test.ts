import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { system } from '@jotc/testing/system'
import { fuzz, sendMalformed } from './fuzz.ts'

const SEED = 20_260

test('two thousand malformed requests: each is refused by a problem as described, and nothing is stored', async () => {
  const { sent, faults } = await fuzz(SEED, 2_000)
  assert.deepEqual(faults, [])
  assert.equal(sent, 2_000)
})

test('a service that answers nothing but 503 fails, for each kind of request', async (t) => {
  const { api, person } = await system(t)
  const { token } = await person('mira')
  const description = (await api.inject('/openapi.json')).json()
  const busy = createServer((_request, response) => {
    const problem = { type: '/problems/overloaded', title: 'Service Unavailable', status: 503, requestId: 'x' }
    response.writeHead(503, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem))
  }).listen(0, '127.0.0.1')
  t.after(() => busy.close())
  await once(busy, 'listening')
  const url = `http://127.0.0.1:${(busy.address() as AddressInfo).port}`

  const targets = { description, secret: 'of nobody', somebody: token, administrator: token }
  const { kinds, faults } = await sendMalformed(targets, url, { seed: SEED, count: 500 })
  const caught = Object.keys(kinds).filter((kind) => faults.some((fault) => fault.includes(`with ${kind} wrong`)))
  assert.deepEqual(caught, Object.keys(kinds))
})
