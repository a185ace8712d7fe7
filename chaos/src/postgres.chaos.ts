import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { DEAD_CONNECTIONS, testPostgresFaults } from './faults/postgres-faults.ts'
import { AS_PROMISED, injectFault, promised } from './inject-fault.ts'

const system = await testPostgresFaults('for 20 s', () => wait(20_000))

test('PostgreSQL is ended by kill -9 ten times: nothing is lost or doubled', async (t) => {
  const outcome = await injectFault(t, system, async () => {
    for (let n = 0; n < 10; n++) {
      await system.postgres.kill()
      await system.postgres.start()
      await wait(500)
    }
  })
  assert.deepEqual(promised(outcome, AS_PROMISED), AS_PROMISED)
})

for (const [what, fault] of Object.entries(DEAD_CONNECTIONS)) {
  test(`${what}: nothing is lost or doubled, and the deadline of a statement ends it`, async (t) => {
    const outcome = await injectFault(t, system, () => fault(system))
    assert.deepEqual(promised(outcome, AS_PROMISED), AS_PROMISED)
  })
}
