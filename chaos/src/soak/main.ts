import { parseArgs } from 'node:util'
import { createDatabase, startTestServer } from '@jotc/testing/database'
import { startRedis } from '@jotc/testing/redis'
import { startService } from '../service.ts'
import { visitUntil } from './visitors.ts'
import { watch } from './watch.ts'

/**
 * `npm run soak -- [--minutes 15]`: mixed visitors for a quarter of an hour. Fails when a process has over a tenth
 * more memory than in the third minute, or more open files, or when anything unforeseen was answered or logged.
 */
const MINUTE = 60_000
const GROWTH = 1.1
/** Connections to the database come and go; what leaks grows by more. */
const SOME_FILES = 5

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '15' } } })
const duration = Number(values.minutes) * MINUTE
if (!(duration >= 4 * MINUTE)) throw new Error('--minutes must be 4 or more: the third one is compared with the last.')

const open = new AsyncDisposableStack()
try {
  const server = open.adopt(await startTestServer(), ({ stop }) => stop())
  console.log(`PostgreSQL runs at port ${new URL(server.url).port}`)
  const database = await createDatabase()
  const redis = open.adopt(await startRedis(), ({ stop }) => stop())
  const after = (end: () => void) => open.defer(end)
  const service = await startService({ after }, { DATABASE_URL: database.url, REDIS_URL: redis.url })
  const pids = [service.child.pid ?? 0, ...service.workers()]

  const watching = watch(pids)
  const { answers, unforeseen } = await visitUntil(service.url, service.token, AbortSignal.timeout(duration))
  watching.stop()
  const growth = watching.growth([2 * MINUTE, 3 * MINUTE], [duration - MINUTE, duration])

  console.table(answers)
  console.table(growth)
  const faults = [
    ...unforeseen,
    ...growth.filter((each) => each.memoryAfter > each.memoryBefore * GROWTH).map(({ pid }) => `${pid} grew`),
    ...growth.filter((each) => each.filesAfter > each.filesBefore + SOME_FILES).map(({ pid }) => `${pid} leaks files`),
    ...service.written.out.split('\n').filter((line) => /"level":[56]0/.test(line)),
    // Node warns here of listeners that pile up.
    ...(service.written.err === '' ? [] : [service.written.err]),
  ]
  for (const fault of faults.slice(0, 20)) console.log(`✖ ${fault}`)
  console.log(`${values.minutes} minutes, ${faults.length} faults.`)
  process.exitCode = faults.length === 0 ? 0 : 1
} finally {
  await open.disposeAsync()
}
