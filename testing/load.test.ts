import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { load } from './load.ts'

const NOWHERE = 'http://127.0.0.1:1'
const STALL_MS = 100

test('at a rate a stall delays nobody’s turn: who would have come during it is late by what is left of it', async () => {
  const dues: number[] = []
  const late: number[] = []
  await load(NOWHERE, { clients: 1, seconds: 0.3, rate: 100 }, async (_client, due) => {
    dues.push(due)
    late.push(performance.now() - due)
    if (dues.length === 10) await wait(STALL_MS)
  })
  assert.equal(dues.length, 30)
  for (const [n, due] of dues.entries()) assert.equal(Math.round(due - (dues[0] ?? 0)), n * 10)
  for (const n of [10, 11, 12]) assert((late[n] ?? 0) >= STALL_MS - 10 * (n - 8), `visit ${n} was ${late[n]} ms late`)
})
