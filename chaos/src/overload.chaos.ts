import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { type Load, load, quantile, send } from '@jotc/testing/load'
import { startSystem } from './system.ts'

type Reading = { status: number; retryAfter: unknown; due: number; ms: number }

/** Requests that a worker holds at least (api/src/http/load-shedding.ts); above that, a second's work. */
const LEAST_IN_FLIGHT = 50
const WORKERS = 2
/** The pace of the last second is not that of the next one. */
const TOLERANCE = 1.5

test('at three times the load it can carry the wait of who is served stays bounded, and the rest is told when to come back', async (t) => {
  const { service, network } = await startSystem({ after })
  const read = async (how: Load): Promise<Reading[]> => {
    const readings: Reading[] = []
    await load(service.url, how, async (client, due) => {
      const { status, headers } = await send(client, { path: '/jotc?pageSize=1', token: service.token })
      readings.push({ status, retryAfter: headers['retry-after'], due, ms: performance.now() - due })
    })
    return readings
  }
  // A slow way to the database is what the service must wait for: what it can carry hangs on that, not on this machine.
  await network.become('slow')
  await read({ clients: 40, seconds: 2 })
  const most = served(await read({ clients: 40, seconds: 4 })).length / 4
  const once = await read({ clients: 500, seconds: 5, rate: most * 0.8 })
  const thrice = await read({ clients: 500, seconds: 12, rate: most * 3 })

  // Who is served waits for those before, of whom there are at most a second's work or the least that workers hold.
  const bound = TOLERANCE * ((1000 * Math.max(most, WORKERS * LEAST_IN_FLIGHT)) / most + p99(once))
  const figures = {
    'carried a second': Math.round(most),
    'p99 at 0.8 times that, ms': Math.round(p99(once)),
    'p99 of who is served at 3 times, ms': Math.round(p99(served(thrice))),
    'at most, ms': Math.round(bound),
    asked: thrice.length,
    served: served(thrice).length,
  }
  t.diagnostic(JSON.stringify(figures))
  assert.equal(served(once).length, once.length)
  assert(p99(served(thrice)) <= bound, JSON.stringify(figures))
  // A queue that grows would make the last wait longest.
  const begin = Math.min(...thrice.map(({ due }) => due))
  const between = (from: number, to: number) =>
    served(thrice).filter(({ due }) => due >= begin + from && due < begin + to)
  assert(p99(between(8_000, 12_000)) <= 1.5 * p99(between(4_000, 8_000)))
  const refused = thrice.filter(({ status }) => status !== 200)
  assert.deepEqual([...new Set(refused.map(({ status }) => status))], [503])
  assert(refused.every(({ retryAfter }) => Number(retryAfter) > 0))
  // Refusing costs less than serving: the crowd takes little from who is served.
  assert(served(thrice).length >= 0.5 * most * 12)
})

function served(readings: readonly Reading[]): Reading[] {
  return readings.filter(({ status }) => status === 200)
}

/** Of the waits, in milliseconds. */
function p99(readings: readonly Reading[]): number {
  const waits = readings.map(({ ms }) => ms)
  return quantile(waits, 0.99)
}
