import assert from 'node:assert/strict'
import { test } from 'node:test'
import { killWorkers, replaceWorkers } from './faults/worker-faults.ts'
import { ALL_ANSWERED, report, withoutAnswer } from './load/inject-fault.ts'

test('workers are ended by kill -9 eight times: nothing is lost or doubled', async (t) => {
  const outcome = await killWorkers(t, 8)
  report(t, outcome)
  const { lost, doubled, deaths } = outcome
  assert.deepEqual({ lost, doubled, deaths }, { lost: [], doubled: [], deaths: 8 })
  assert.deepEqual(withoutAnswer(outcome), outcome.failed)
})

test('SIGHUP replaces the workers ten times, and no request fails', async (t) => {
  const outcome = await replaceWorkers(t, 10)
  report(t, outcome)
  const { failed, refused, lost, doubled } = outcome
  assert.deepEqual({ failed, refused, lost, doubled }, ALL_ANSWERED)
})
