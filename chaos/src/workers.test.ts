import assert from 'node:assert/strict'
import { test } from 'node:test'
import { killWorkers, replaceWorkers, startOnTestDatabase } from './faults/worker-faults.ts'
import { startClients } from './load/clients.ts'
import { compareWithRows } from './load/compare-with-rows.ts'
import { ALL_ANSWERED, report, withoutAnswer } from './load/inject-fault.ts'

test('workers are ended by kill -9, one after another: nothing is lost or doubled', async (t) => {
  const outcome = await killWorkers(t, 2)
  report(t, outcome)
  const { lost, doubled, deaths } = outcome
  assert.deepEqual({ lost, doubled, deaths }, { lost: [], doubled: [], deaths: 2 })
  // A killed worker answers nobody; whoever is not answered knows that.
  assert.deepEqual(withoutAnswer(outcome), outcome.failed)
})

test('SIGHUP replaces the workers, and no request fails', async (t) => {
  const outcome = await replaceWorkers(t, 1)
  report(t, outcome)
  const { failed, refused, lost, doubled } = outcome
  assert.deepEqual({ failed, refused, lost, doubled }, ALL_ANSWERED)
})

test('SIGTERM: every request that was begun is answered; then nobody listens, and the exit code is 0', async (t) => {
  const { service, sql } = await startOnTestDatabase(t)
  const clients = startClients(service.url, service.token, 16)
  for (let n = 0; n < 5; n++) await clients.firstSuccess()
  service.child.kill('SIGTERM')
  assert.deepEqual(await service.ended, [0, null])
  const outcome = await compareWithRows(await clients.stop(), sql)
  report(t, outcome)
  const { lost, doubled, recordedUnanswered } = outcome
  assert.deepEqual({ lost, doubled, recordedUnanswered }, { lost: [], doubled: [], recordedUnanswered: [] })
  // Whoever comes when nobody listens any more is turned away by the system, before anything has begun.
  const others = outcome.failed.filter(
    (failure) => !/^no answer: ECONN(?:REFUSED|RESET) on a new connection$/.test(failure),
  )
  assert.deepEqual(others, [])
})
