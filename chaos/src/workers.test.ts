import assert from 'node:assert/strict'
import { test } from 'node:test'
import { report, succeeds } from './inject-fault.ts'
import { testKills } from './kills.ts'
import { startClients } from './load.ts'
import { startOnTestDatabase } from './system.ts'
import { testWorkers } from './workers.ts'

testWorkers({ kills: 2, replacements: 1 })
testKills(3)

test('SIGTERM: every request that was begun is answered; then nobody listens, and the exit code is 0', async (t) => {
  const served = await startOnTestDatabase(t)
  const clients = startClients(served, 20)
  await succeeds(clients)
  served.service.child.kill('SIGTERM')
  assert.deepEqual(await served.service.ended, [0, null])
  const outcome = await clients.stop()
  report(t, outcome)
  const { lost, doubled, recordedUnanswered } = outcome
  assert.deepEqual({ lost, doubled, recordedUnanswered }, { lost: [], doubled: [], recordedUnanswered: [] })
  // Whoever comes when nobody listens any more is turned away by the system, before anything has begun.
  assert.deepEqual(
    outcome.failed.filter((failure) => !/^no answer: .* on a new connection$/.test(failure)),
    [],
  )
})
