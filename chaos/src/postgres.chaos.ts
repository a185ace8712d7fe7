import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { DEAD_CONNECTIONS, POSTGRES_FAULTS } from './faults/postgres-faults.ts'
import { oneSecond, startSystem } from './faults/system.ts'
import { AS_PROMISED, injectFault, summarize } from './load/inject-fault.ts'

const system = await startSystem({ after })
const LONG = () => wait(20_000)

for (const [what, fault] of Object.entries(POSTGRES_FAULTS)) {
  test(`${what}, for 20 s: nothing is lost or doubled, and it serves within 2 s after it`, async (t) => {
    const outcome = await injectFault(system, () => fault(system, LONG))
    assert.deepEqual(summarize(t, outcome), AS_PROMISED)
  })
}

test('PostgreSQL is ended by kill -9 ten times: nothing is lost or doubled', async (t) => {
  const outcome = await injectFault(system, async () => {
    for (let n = 0; n < 10; n++) {
      await system.postgres.kill()
      await system.postgres.start()
      await wait(500)
    }
  })
  assert.deepEqual(summarize(t, outcome), AS_PROMISED)
})

for (const [what, fault] of Object.entries(DEAD_CONNECTIONS)) {
  test(`${what}: nothing is lost or doubled, and the deadline of a statement ends it`, async (t) => {
    const outcome = await injectFault(system, () => fault(system, oneSecond))
    assert.deepEqual({ ...summarize(t, outcome), backWithin2s: true }, AS_PROMISED)
    assert.ok(outcome.longestOutage < 13_000, `${outcome.longestOutage} ms`)
  })
}
