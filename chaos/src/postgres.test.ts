import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { POSTGRES_FAULTS } from './faults/postgres-faults.ts'
import { aMoment, startSystem } from './faults/system.ts'
import { KEPT_ITS_PROMISES, ordeal, verdict } from './load/ordeal.ts'

const system = await startSystem({ after })

for (const [what, fault] of Object.entries(POSTGRES_FAULTS)) {
  test(`${what}: nothing is lost or doubled, and it serves within 2 s after it`, async (t) => {
    const outcome = await ordeal(system, () => fault(system, aMoment))
    assert.deepEqual(verdict(t, outcome), KEPT_ITS_PROMISES)
  })
}
