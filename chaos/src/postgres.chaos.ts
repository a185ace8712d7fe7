import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { DEAD_CONNECTIONS, POSTGRES_FAULTS } from './faults/postgres-faults.ts'
import { aMoment, startSystem } from './faults/system.ts'
import { KEPT_ITS_PROMISES, ordeal, verdict } from './load/ordeal.ts'

const system = await startSystem({ after })
const LONG = () => wait(20_000)

for (const [what, fault] of Object.entries(POSTGRES_FAULTS)) {
  test(`${what}, for 20 s: nothing is lost or doubled, and it serves within 2 s after it`, async (t) => {
    const outcome = await ordeal(system, () => fault(system, LONG))
    assert.deepEqual(verdict(t, outcome), KEPT_ITS_PROMISES)
  })
}

test('PostgreSQL is ended by kill -9 ten times: nothing is lost or doubled', async (t) => {
  const outcome = await ordeal(system, async () => {
    for (let n = 0; n < 10; n++) {
      await system.postgres.kill()
      await system.postgres.start()
      await wait(500)
    }
  })
  assert.deepEqual(verdict(t, outcome), KEPT_ITS_PROMISES)
})

for (const [what, fault] of Object.entries(DEAD_CONNECTIONS)) {
  test(`${what}: nothing is lost or doubled, and the deadline of a statement ends it`, async (t) => {
    const outcome = await ordeal(system, () => fault(system, aMoment))
    assert.deepEqual({ ...verdict(t, outcome), backWithin2s: true }, KEPT_ITS_PROMISES)
    assert.ok(outcome.longestOutage < 13_000, `${outcome.longestOutage} ms`)
  })
}
