import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { quantile } from '@jotc/testing/load'
import { startTestServer } from '@jotc/testing/servers/database'
import { startRedis } from '@jotc/testing/servers/redis'
import { signIn } from '@jotc/testing/service/client'
import { ensureProgram } from '../../scripts/programs.ts'
import { type Service, startOnTestDatabase, unforeseen } from './system.ts'

/**
 * `npm run soak -- [--minutes 15]`: Locust's people (load/), and readers of the feed who come and go. Fails when Locust
 * does, when a process has over a tenth more memory than in the third minute, or more open files, or when anything
 * unforeseen was logged.
 */
const MINUTE_MS = 60_000
const EVERY_MS = 5_000
const GROWTH = 1.1
/** Connections to the database come and go; what leaks grows by more. */
const SOME_FILES = 5
const READERS = 4
/** As load/locustfile.py has them: the one whom production does not make an administrator by itself. */
const ADMINISTRATOR = {
  email: 'load.admin@example.org',
  firstName: 'Load',
  lastName: 'Administrator',
  birthDate: '1980-02-29',
}
/** Locust judges failures alone: how quick answers are is not what this is about. */
const NO_HURRY = { LOAD_SLOWEST_P50: '60000', LOAD_SLOWEST_P99: '60000' }

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '15' } } })
const minutes = Number(values.minutes)
if (!(minutes >= 4)) throw new Error('--minutes must be 4 or more: the third one is compared with the last.')
const locust = ensureProgram('locust')
if (locust === undefined)
  throw new Error('Locust is not on this machine: https://docs.locust.io says how to install it.')

await using open = new AsyncDisposableStack()
const server = open.adopt(await startTestServer(), ({ stop }) => stop())
console.log(`PostgreSQL runs at port ${new URL(server.url).port}`)
const redis = open.adopt(await startRedis(), ({ stop }) => stop())
const settings = { REDIS_URL: redis.url, TRUST_PROXY: '127.0.0.1' }
const { service, sql } = await startOnTestDatabase({ after: (end) => open.defer(end) }, settings)
await signIn(service.url, ADMINISTRATOR)
await sql("update users set role = 'admin' where email like 'load.%'")
const pids = [service.child.pid ?? 0, ...service.workers()]
const medians = watch(pids)
const ended = new AbortController()
const how = ['--headless', '--only-summary', '--users', '40', '--spawn-rate', '20', '--run-time', `${minutes}m`]
const people = spawn(locust, ['--locustfile', 'load/locustfile.py', '--host', service.url, ...how], {
  env: { ...process.env, ...NO_HURRY },
  stdio: ['ignore', 'ignore', 'inherit'],
})
open.defer(() => void people.kill())
const [[code]] = await Promise.all([
  once(people, 'exit').finally(() => ended.abort()),
  ...Array.from({ length: READERS }, () => comesAndGoes(service, ended.signal)),
])
const growth = pids.map((pid) => ({ pid, before: medians(pid, 2), after: medians(pid, Math.floor(minutes) - 1) }))
console.dir(growth)
const faults = [
  ...(code === 0 ? [] : [`Locust ended with exit code ${code}`]),
  ...growth.flatMap(({ pid, before, after }) => [
    ...(after.memoryKb <= before.memoryKb * GROWTH ? [] : [`${pid} grew`]),
    ...(after.files <= before.files + SOME_FILES ? [] : [`${pid} leaks files`]),
  ]),
  ...unforeseen(service),
]
for (const fault of faults.slice(0, 20)) console.log(`✖ ${fault}`)
console.log(`${minutes} minutes, ${faults.length} faults.`)
process.exitCode = faults.length === 0 ? 0 : 1

/** Reads what others send for a while, leaves in the middle of it, and comes again. */
async function comesAndGoes({ url, token }: Service, ended: AbortSignal): Promise<void> {
  while (!ended.aborted) {
    const leaving = AbortSignal.any([ended, AbortSignal.timeout(500 + Math.round(Math.random() * 2_500))])
    const feed = fetch(`${url}/jotc/live`, { headers: { authorization: `Bearer ${token}` }, signal: leaving })
    await feed
      .then((answer) => answer.text())
      .catch((error) => {
        if (!leaving.aborted) throw error
      })
  }
}

/**
 * Looks at memory (in kB) and open files of processes every five seconds. Linux alone has /proc.
 *
 * @returns tells the medians of a process in a minute, counted from 0
 */
function watch(pids: readonly number[]) {
  const begun = performance.now()
  const samples: { minute: number; pid: number; memoryKb: number; files: number }[] = []
  setInterval(() => {
    const minute = Math.floor((performance.now() - begun) / MINUTE_MS)
    for (const pid of pids) {
      const memoryKb = Number(/^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
      samples.push({ minute, pid, memoryKb, files: readdirSync(`/proc/${pid}/fd`).length })
    }
  }, EVERY_MS).unref()
  return (pid: number, minute: number) => {
    const during = samples.filter((sample) => sample.pid === pid && sample.minute === minute)
    const [memoryKb, files] = [during.map((sample) => sample.memoryKb), during.map((sample) => sample.files)]
    return { memoryKb: quantile(memoryKb, 0.5), files: quantile(files, 0.5) }
  }
}
