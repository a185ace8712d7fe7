import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { POSTGRES_FAULTS } from './faults/postgres-faults.ts'
import { oneSecond, startSystem } from './faults/system.ts'
import { AS_PROMISED, injectFault, summarize } from './load/inject-fault.ts'

const system = await startSystem({ after })

for (const [what, fault] of Object.entries(POSTGRES_FAULTS)) {
  test(`${what}: nothing is lost or doubled, and it serves within 2 s after it`, async (t) => {
    const outcome = await injectFault(system, () => fault(system, oneSecond))
    assert.deepEqual(summarize(t, outcome), AS_PROMISED)
  })
}
