import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { differenceOf, ratioOf } from '../figure.ts'
import { alternate } from './alternate.ts'
import { measureLoad } from './load.ts'

test('sides are measured in turn, and another one begins each round', async () => {
  const order: string[] = []
  const side = (name: string) => async () => order.push(name)
  await alternate(3, { a: side('a'), b: side('b') })
  assert.equal(order.join(''), 'abbaab')
})

test('a ratio or difference is the median of those within the rounds', () => {
  const rounds = { what: '', unit: '', ours: [2, 40, 9], baseline: [1, 10, 3] }
  const { ours, baseline, ratio } = ratioOf(rounds)
  assert.deepEqual([ours, baseline, ratio], [9, 3, 3])
  assert.equal(differenceOf(rounds).ratio, 6)
})

test('another status than the expected one ends the measuring', async (t) => {
  const server = createServer((_, response) => response.writeHead(503).end('full'))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  t.after(() => server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const target = { url, pid: process.pid, requests: [{ path: '/' }], status: 200 }
  await assert.rejects(measureLoad(target, { clients: 2, seconds: 1 }), /answered 503: full/)
})
