import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freePort } from '@jotc/testing/ports'
import { injectFault, NOTHING_LOST, promised, succeeds } from './inject-fault.ts'
import { startService, startSystem } from './system.ts'

/** A test in which the service, then PostgreSQL, then both are killed, and so on; each time they are started anew. */
export function testKills(rounds: number): void {
  test(`service, database and both are ended by kill -9, ${rounds} times: nothing is lost or doubled`, async (t) => {
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
      for (let round = 0; round < rounds; round++) {
        await succeeds(clients)
        if (round % 3 !== 1) await killService()
        if (round % 3 !== 0) await killPostgres()
      }
    })
    // Whom a killed service answers nothing knows that.
    const failed = outcome.failed.filter((failure) => !failure.startsWith('no answer'))
    assert.deepEqual(promised({ ...outcome, failed }, NOTHING_LOST), NOTHING_LOST)
  })
}
