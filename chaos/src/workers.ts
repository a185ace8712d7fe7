import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ALL_ANSWERED, injectFault, NOTHING_LOST, promised } from './inject-fault.ts'
import { startOnTestDatabase } from './system.ts'

/** Beside workers that start. */
const PAUSE_MS = 100

/** Tests in which workers are ended, each when its predecessor's successor serves, and all are replaced, so many times. */
export function testWorkers({ kills, replacements }: { kills: number; replacements: number }): void {
  test(`workers are ended by kill -9, ${kills} times: nothing is lost or doubled`, async (t) => {
    const served = await startOnTestDatabase(t)
    const replacedMs: number[] = []
    const killEach = async () => {
      for (let n = 0; n < kills; n++) {
        const killed = performance.now()
        process.kill(served.service.workers().at(-1) ?? 0, 'SIGKILL')
        await served.service.listening(3 + n)
        replacedMs.push(Math.round(performance.now() - killed))
      }
    }
    const outcome = await injectFault(t, served, killEach, PAUSE_MS)
    t.diagnostic(`a new worker listened after ${replacedMs.join(', ')} ms`)
    // A killed worker answers nobody; whoever is not answered knows that.
    const failed = outcome.failed.filter((failure) => !failure.startsWith('no answer'))
    assert.deepEqual(promised({ ...outcome, failed }, NOTHING_LOST), NOTHING_LOST)
    // Beside other work a worker may come too late to serve, and is ended by the supervisor.
    assert(outcome.deaths >= kills, `${outcome.deaths} workers ended`)
  })

  test(`SIGHUP replaces all workers, ${replacements} times, and no request fails`, async (t) => {
    const served = await startOnTestDatabase(t)
    const replace = async () => {
      for (let n = 0; n < replacements; n++) {
        served.service.child.kill('SIGHUP')
        await served.service.wrote('workers replaced', n + 1)
      }
    }
    const outcome = await injectFault(t, served, replace, PAUSE_MS)
    assert.deepEqual(promised(outcome, ALL_ANSWERED), ALL_ANSWERED)
  })
}
