import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { closedLoop } from './closed-loop.ts'
import { request } from './connection.ts'
import { fixedRate } from './fixed-rate.ts'

const STALL = 400

test('at a fixed rate a stall is seen by all who would have come during it', async (context) => {
  const target = await serverThat(context, stallsOnce())
  const { p99, p50 } = await fixedRate(target, { clients: 1, seconds: 1, rate: 100 })
  assert(p99 > STALL / 2, `p99 is ${p99} ms`)
  assert(p50 <= p99)
})

test('clients as quick as they can see a stall once each', async (context) => {
  const target = await serverThat(context, stallsOnce())
  const { p50, perSecond } = await closedLoop(target, 1, 1)
  assert(p50 < STALL)
  assert(perSecond > 1)
})

test('an answer with another status ends the measuring', async (context) => {
  const target = await serverThat(context, (_request, response) =>
    response.writeHead(503, { 'content-length': 13 }).end('{"full":true}'),
  )
  await assert.rejects(closedLoop({ ...target, status: 200 }, 2, 1), /answered 503: \{"full":true\}/)
})

test('a connection that is lost ends the measuring', async (context) => {
  const target = await serverThat(context, (_request, response) => response.destroy())
  await assert.rejects(fixedRate(target, { clients: 2, seconds: 1, rate: 10 }), /closed the connection|ECONNRESET/)
})

test('an answer that comes in pieces is one answer', async (context) => {
  const target = await serverThat(context, async (_request, response) => {
    response.writeHead(200, { 'content-length': 4 }).write('ab')
    await delay(5)
    response.end('cd')
  })
  const { perSecond } = await closedLoop(target, 2, 0.2)
  assert(perSecond > 0)
})

function stallsOnce(): RequestListener {
  let answered = 0
  return async (_request, response) => {
    if (answered++ === 10) await delay(STALL)
    response.setHeader('content-length', 2).end('ok')
  }
}

async function serverThat(context: TestContext, answers: RequestListener) {
  const server = createServer(answers).listen(0, '127.0.0.1')
  await once(server, 'listening')
  context.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { port, pid: process.pid, requests: [request('GET', '/')], status: 200 }
}
