import type { TestContext } from 'node:test'
import { createDatabase } from '@jotc/db/testing'
import pg from 'pg'
import { type Ordeal, ordeal } from '../load/ordeal.ts'
import type { Sql } from '../load/reckoning.ts'
import { type Service, startService } from '../service.ts'

/** The service with a database to which nothing happens. */
export async function startServed(t: TestContext): Promise<{ service: Service; sql: Sql }> {
  const database = await createDatabase()
  const pool = new pg.Pool({ connectionString: database.url, max: 1 })
  t.after(async () => {
    await pool.end()
    await database.drop()
  })
  const service = await startService(t, { DATABASE_URL: database.url })
  return { service, sql: async (text, values) => (await pool.query(text, values)).rows }
}

/** Workers are ended by `kill -9` under load, each when its predecessor's successor serves. */
export async function killWorkers(t: TestContext, times: number): Promise<Ordeal> {
  const served = await startServed(t)
  const { service } = served
  return await ordeal(served, async () => {
    for (let n = 0; n < times; n++) {
      process.kill(service.workers().at(-1) ?? 0, 'SIGKILL')
      await service.listening(3 + n)
    }
  })
}

/** All workers are replaced by SIGHUP under load, so many times. */
export async function renewWorkers(t: TestContext, times: number): Promise<Ordeal> {
  const served = await startServed(t)
  const { service } = served
  return await ordeal(served, async () => {
    for (let n = 0; n < times; n++) {
      service.child.kill('SIGHUP')
      await service.wrote('done replacing', n + 1)
    }
  })
}
