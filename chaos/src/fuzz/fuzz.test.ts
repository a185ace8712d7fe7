import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { system } from '@jotc/testing/service/system'
import { fuzz, type Report, sendMalformed } from './fuzz.ts'

const SEED = 20_260

test('two thousand malformed requests: each is refused by a problem as described, and nothing is stored', async () => {
  const { sent, faults } = await fuzz(SEED, 2_000)
  assert.deepEqual(faults, [])
  assert.equal(sent, 2_000)
})

test('a service that answers nothing but 503 fails, for each kind of request', async (t) => {
  const { kinds, faults } = await fuzzStandIn(t, () => 503)
  const caught = Object.keys(kinds).filter((kind) => faults.some((fault) => fault.includes(`with ${kind} wrong`)))
  assert.deepEqual(caught, Object.keys(kinds))
})

test('a fault is shown by the smallest request that does it', async (t) => {
  const { faults } = await fuzzStandIn(t, async (request) => {
    const body = await text(request).catch(() => '')
    return body.startsWith('{"email"') && Buffer.byteLength(body) > 300 ? 500 : 503
  })
  const found = faults.filter((fault) => fault.includes('500, and not 400'))
  assert.notDeepEqual(found, [])
  for (const fault of found) assert.match(fault, /Content-Length: 3[0-4]\d\b.*"email/)
})

type Status = (request: IncomingMessage) => number | Promise<number>

/** Fuzzes a stand-in for the service that answers every request by a problem of that status. */
async function fuzzStandIn(t: TestContext, statusOf: Status): Promise<Report> {
  const { api, person } = await system(t)
  const { token } = await person('mira')
  const description = (await api.inject('/openapi.json')).json()
  const standIn = createServer(async (request, response) => {
    const status = await statusOf(request)
    const problem = { type: '/problems/overloaded', title: 'Service Unavailable', status, requestId: 'x' }
    response.writeHead(status, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem))
  }).listen(0, '127.0.0.1')
  t.after(() => {
    standIn.closeAllConnections()
    standIn.close()
  })
  await once(standIn, 'listening')
  const url = `http://127.0.0.1:${(standIn.address() as AddressInfo).port}`
  const targets = { description, somebody: token, administrator: token }
  // So many that each kind comes up more than once: one 503 of a kind is let pass.
  return await sendMalformed(targets, url, { seed: SEED, count: 2_000 })
}
