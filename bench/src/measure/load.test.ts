import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { measureLoad } from './load.ts'

const STALL_MS = 200

test('what is told a second is what the service has answered, and a stall is seen by who came during it', async (t) => {
  const served = await serve(t, 200)
  const begun = performance.now()
  const { perSecond, p99 } = await measureLoad(served.target, { clients: 2, seconds: 0.3, rate: 100 })
  const seconds = (performance.now() - begun) / 1000
  assert.equal(served.answers(), 30)
  assert(perSecond >= 30 / seconds && perSecond <= 30 / 0.29, `${perSecond} a second`)
  assert(p99 >= STALL_MS - 1, `p99 is ${p99} ms`)
})

test('an answer with another status ends the measuring', async (t) => {
  const { target } = await serve(t, 503)
  await assert.rejects(measureLoad(target, { clients: 2, seconds: 1 }), /answered 503: full/)
})

/** A service whose sixth answer is late. */
async function serve(t: TestContext, status: number) {
  let answers = 0
  const server = createServer(async (_request, response) => {
    if (++answers === 6) await wait(STALL_MS)
    response.writeHead(status).end('full')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { target: { url, pid: process.pid, requests: [{ path: '/' }], status: 200 }, answers: () => answers }
}
