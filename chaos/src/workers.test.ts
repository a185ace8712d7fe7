import assert from 'node:assert/strict'
import { test } from 'node:test'
import { killWorkers, renewWorkers, startServed } from './faults/worker-faults.ts'
import { ALL_ANSWERED, report, withoutAnswer } from './load/ordeal.ts'
import { reckon } from './load/reckoning.ts'
import { startSolvers } from './load/solvers.ts'

test('workers are ended by kill -9, one after another: nothing is lost or doubled', async (t) => {
  const outcome = await killWorkers(t, 2)
  report(t, outcome)
  const { lost, doubled, deaths } = outcome
  assert.deepEqual({ lost, doubled, deaths }, { lost: [], doubled: [], deaths: 2 })
  // A killed worker answers nobody; whoever is not answered knows that.
  assert.deepEqual(withoutAnswer(outcome), outcome.failed)
})

test('C184: SIGHUP replaces the workers, and no request fails', async (t) => {
  const outcome = await renewWorkers(t, 1)
  report(t, outcome)
  const { failed, refused, lost, doubled } = outcome
  assert.deepEqual({ failed, refused, lost, doubled }, ALL_ANSWERED)
})

test('SIGTERM: every request that was begun is answered; then nobody listens, and the exit code is 0', async (t) => {
  const { service, sql } = await startServed(t)
  const solvers = startSolvers(service.url, service.token, 16)
  for (let n = 0; n < 5; n++) await solvers.firstSuccess()
  service.child.kill('SIGTERM')
  assert.deepEqual(await service.ended, [0, null])
  const outcome = await reckon(await solvers.stop(), sql)
  report(t, outcome)
  const { lost, doubled, unheard } = outcome
  assert.deepEqual({ lost, doubled, unheard }, { lost: [], doubled: [], unheard: [] })
  // Whoever comes when nobody listens any more is turned away by the system, before anything has begun.
  const others = outcome.failed.filter(
    (failure) => !/^no answer: ECONN(?:REFUSED|RESET) on a new connection$/.test(failure),
  )
  assert.deepEqual(others, [])
})
