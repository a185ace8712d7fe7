import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { system } from '@jotc/testing/service/system'
import pg from 'pg'
import { followTable, settledTime } from './follow-table.ts'

const { api, databaseUrl } = await system({ after })

test('a table is settled up to the look before a writer was seen; who writes for too long is not waited for', async () => {
  const warnings: string[] = []
  const log = { warn: (_where: unknown, text?: string) => void warnings.push(text ?? '') }
  const patient = settledTime(api.database, 'submissions', log)
  const impatient = settledTime(api.database, 'submissions', log, 0)
  const before = [await patient(), await impatient()] as const

  const writer = new pg.Client(databaseUrl)
  await writer.connect()
  await writer.query('begin')
  // What every statement takes that writes, whatever its text.
  await writer.query('lock table submissions in row exclusive mode')
  for (let look = 0; look < 3; look++) {
    assert.equal(await patient(), before[0])
    assert.ok((await impatient()) > before[1])
  }
  assert.deepEqual(warnings, ['a transaction writes for too long, not waiting for it'])

  await writer.query('commit')
  await writer.end()
  assert.ok((await patient()) > before[0])
})

test('a look that has begun when the follower stops may fail, and nobody is warned: the database is closing', async () => {
  const warnings: unknown[] = []
  const begun = Promise.withResolvers<void>()
  const reading = Promise.withResolvers<void>()
  const read = () => {
    begun.resolve()
    return reading.promise
  }
  const follower = followTable(api.database, 'submissions', read, {
    warn: (fields: unknown) => void warnings.push(fields),
  })
  await begun.promise
  follower.stop()
  reading.reject(new Error('Cannot use a pool after calling end on the pool'))
  await setImmediate()
  assert.deepEqual(warnings, [])
})
