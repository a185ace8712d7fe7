import type { TestContext } from 'node:test'
import { createDatabase } from '@jotc/testing/database'
import pg from 'pg'
import type { Sql } from '../load/compare-with-rows.ts'
import { type FaultOutcome, injectFault } from '../load/inject-fault.ts'
import { type Service, startService } from '../service.ts'

/** The service on a database that stays well. */
export async function startOnTestDatabase(t: TestContext): Promise<{ service: Service; sql: Sql }> {
  const database = await createDatabase()
  const pool = new pg.Pool({ connectionString: database.url, max: 1 })
  // The end of the database may be quicker than that of a connection.
  pool.on('error', () => {})
  t.after(async () => {
    await pool.end()
    await database.drop()
  })
  const service = await startService(t, { DATABASE_URL: database.url })
  return { service, sql: async (text, values) => (await pool.query(text, values)).rows }
}

/** Workers are ended by `kill -9` under load, each when its predecessor's successor serves. */
export async function killWorkers(t: TestContext, times: number): Promise<FaultOutcome> {
  const served = await startOnTestDatabase(t)
  const { service } = served
  return await injectFault(served, async () => {
    for (let n = 0; n < times; n++) {
      process.kill(service.workers().at(-1) ?? 0, 'SIGKILL')
      await service.listening(3 + n)
    }
  })
}

/**
 * Clients without pauses take all that there is; beside other work on the machine, and workers that start, the service
 * then refuses some, as it should.
 */
const PAUSE_MS = 100

/** All workers are replaced by SIGHUP under load, so many times. */
export async function replaceWorkers(t: TestContext, times: number): Promise<FaultOutcome> {
  const served = await startOnTestDatabase(t)
  const { service } = served
  const replace = async () => {
    for (let n = 0; n < times; n++) {
      service.child.kill('SIGHUP')
      await service.wrote('workers replaced', n + 1)
    }
  }
  return await injectFault(served, replace, PAUSE_MS)
}
