import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freePort } from '@jotc/testing/ports'
import { assertPromised, injectFault, NOTHING_LOST, report, succeeds } from './inject-fault.ts'
import { type Comparison, startClients } from './load.ts'
import { isLong, startOnTestDatabase, startService, startSystem } from './system.ts'

const [KILLS, REPLACEMENTS, ROUNDS] = isLong ? [8, 10, 20] : [2, 1, 3]
/** Beside workers that start. */
const PAUSE_MS = 100

/** Whom a killed process answers nothing knows that. */
function assertNothingLost({ failed, ...outcome }: Comparison): void {
  assertPromised({ ...outcome, failed: failed.filter((failure) => !failure.startsWith('no answer')) }, NOTHING_LOST)
}

test('workers are ended by kill -9 again and again: nothing is lost or doubled', async (t) => {
  const served = await startOnTestDatabase(t)
  const replacedMs: number[] = []
  const killEach = async () => {
    for (let n = 0; n < KILLS; n++) {
      const killed = performance.now()
      process.kill(served.service.workers().at(-1) ?? 0, 'SIGKILL')
      await served.service.listening(3 + n)
      replacedMs.push(Math.round(performance.now() - killed))
    }
  }
  const outcome = await injectFault(t, served, killEach, PAUSE_MS)
  t.diagnostic(`a new worker listened after ${replacedMs.join(', ')} ms`)
  assertNothingLost(outcome)
  // Beside other work a worker may come too late to serve, and is ended by the supervisor.
  assert(outcome.deaths >= KILLS, `${outcome.deaths} workers ended`)
})

test('SIGHUP replaces all workers, and no request fails', async (t) => {
  const served = await startOnTestDatabase(t)
  const replace = async () => {
    for (let n = 0; n < REPLACEMENTS; n++) {
      served.service.child.kill('SIGHUP')
      await served.service.wrote('workers replaced', n + 1)
    }
  }
  const outcome = await injectFault(t, served, replace, PAUSE_MS)
  assertPromised(outcome, { ...NOTHING_LOST, refused: 0, cut: 0 })
})

test('service, database and both are ended by kill -9 in turn: nothing is lost or doubled', async (t) => {
  const system = await startSystem(t, { API_PORT: String(await freePort()) })
  const killService = async () => {
    system.service.child.kill('SIGKILL')
    await system.service.ended
    system.service = await startService(t, system.settings)
  }
  const killPostgres = async () => {
    await system.postgres.kill()
    await system.postgres.start()
  }
  const outcome = await injectFault(t, system, async (clients) => {
    for (let round = 0; round < ROUNDS; round++) {
      await succeeds(clients)
      if (round % 3 !== 1) await killService()
      if (round % 3 !== 0) await killPostgres()
    }
  })
  assertNothingLost(outcome)
})

test('SIGTERM: every request that was begun is answered; then nobody listens, and the exit code is 0', async (t) => {
  const served = await startOnTestDatabase(t)
  const clients = startClients(t, served, 20)
  await succeeds(clients)
  served.service.child.kill('SIGTERM')
  assert.deepEqual(await served.service.ended, [0, null])
  const { failed, ...outcome } = await clients.stop()
  report(t, { ...outcome, failed })
  // Whoever comes when nobody listens any more is turned away by the system, before anything has begun.
  const begun = failed.filter((failure) => !/^no answer: .* on a new connection$/.test(failure))
  assertPromised({ ...outcome, failed: begun }, { ...NOTHING_LOST, recordedUnanswered: [] })
})
