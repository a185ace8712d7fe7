import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { withClient } from '@jotc/testing/servers/database'
import { keptLog } from '@jotc/testing/service/log'
import { system } from '@jotc/testing/service/system'
import { followTable, settledTime } from './follow-table.ts'

const { api, databaseUrl } = await system({ after })

test('a table is settled up to the look before a writer was seen; who writes for too long is not waited for', async () => {
  const log = keptLog()
  const patient = settledTime(api.database, 'submissions', log)
  const impatient = settledTime(api.database, 'submissions', log, 0)
  const before = [await patient(), await impatient()] as const

  await withClient(databaseUrl, async (writer) => {
    // What every statement takes that writes, whatever its text.
    await writer.query('begin; lock table submissions in row exclusive mode')
    for (let look = 0; look < 3; look++) {
      assert.equal(await patient(), before[0])
      assert.ok((await impatient()) > before[1])
    }
    assert.equal(log.lines.length, 1)
    assert.match(log.lines[0] ?? '', /^a transaction writes for too long, not waiting for it/)
    await writer.query('commit')
  })
  assert.ok((await patient()) > before[0])
})

test('a look that has begun when the follower stops may fail, and nobody is warned: the database is closing', async () => {
  const log = keptLog()
  const begun = Promise.withResolvers<void>()
  const reading = Promise.withResolvers<void>()
  const read = () => {
    begun.resolve()
    return reading.promise
  }
  const follower = followTable(api.database, 'submissions', read, log)
  await begun.promise
  follower.stop()
  reading.reject(new Error('Cannot use a pool after calling end on the pool'))
  await setImmediate()
  assert.deepEqual(log.lines, [])
})
