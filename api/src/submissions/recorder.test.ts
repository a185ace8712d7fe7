import assert from 'node:assert/strict'
import { randomUUIDv7 } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { pipeline } from 'node:stream'
import { after, type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { parseBoard } from '@jotc/core/board'
import { withClient } from '@jotc/testing/servers/database'
import { system } from '@jotc/testing/service/system'
import pg from 'pg'
import { HttpError } from '../http/errors.ts'
import type { Entry } from './insert.ts'
import { createRecorder } from './recorder.ts'

const shared = await system({ after })
const { api, sql } = shared
const ana = await shared.person('ana')

const entry = (more: Partial<Entry> = {}): Entry => ({
  userId: ana.id,
  id: randomUUIDv7(),
  board: parseBoard('000'),
  total: 1,
  playedJumps: null,
  ...more,
})
const entries = (count: number) => Array.from({ length: count }, () => entry())
const ids = (some: readonly { id: string }[]) => some.map(({ id }) => id).sort()

/** Which of these are in the database, each as often as it is there. */
async function kept(some: readonly Entry[]): Promise<string[]> {
  return ids(await sql('select id from submissions where id = any($1)', [ids(some)]))
}

/** How many of these each statement recorded, the fewest first. */
async function groupsOf(some: readonly Entry[]): Promise<number[]> {
  const text = 'select count(*)::int as rows from submissions where id = any($1) group by xmin order by 1'
  return (await sql(text, [ids(some)])).map(({ rows }) => rows)
}

/** The statements of the service that wait for a lock, once there are `count`. */
async function stalled(count: number, ask = sql): Promise<number[]> {
  for (;;) {
    const rows = await ask(`select pid from pg_stat_activity
      where datname = current_database() and application_name = 'jotc-api' and wait_event_type = 'Lock'`)
    if (rows.length === count) return rows.map(({ pid }) => pid)
    await wait(5)
  }
}

/** Keeps every insert waiting until `release`. */
async function lockTable(t: TestContext, url = shared.databaseUrl) {
  const client = new pg.Client(url)
  await client.connect()
  await client.query('begin; lock table submissions in share row exclusive mode')
  const release = () => client.end()
  t.after(release)
  return release
}

/** A recorder of one statement at a time, which waits, with this entry in it, until `release`. */
async function busyRecorder(t: TestContext, limits: Parameters<typeof createRecorder>[1] = {}) {
  const recorder = createRecorder(api.database, { statements: 1, ...limits })
  const release = await lockTable(t)
  const inFlight = recorder.record(entry())
  await stalled(1)
  return { recorder, release, inFlight }
}

test('what arrives in the same moment is one statement, and what arrives meanwhile the next; answers follow on the commit', async (t) => {
  const recorder = createRecorder(api.database, { statements: 1 })
  const release = await lockTable(t)
  const [first, later] = [entries(3), entries(700)]
  let answered = 0
  const record = async (each: Entry) => {
    await recorder.record(each)
    answered++
  }
  const answers = first.map(record)
  await stalled(1)
  answers.push(...later.map(record))
  assert.equal(answered, 0)
  await release()
  await Promise.all(answers)
  assert.deepEqual(await groupsOf([...first, ...later]), [3, 200, 500])
})

test('an erased account and a row that breaks a rule fail alone, wherever they stand in the group', async () => {
  const recorder = createRecorder(api.database)
  const group = entries(100)
  const erased = [0, 41, 99].map((at) => Object.assign(group[at] as Entry, { userId: randomUUIDv7() as string }))
  const wrong = Object.assign(group[42] as Entry, { total: 7 })
  const results = await Promise.allSettled(group.map((each) => recorder.record(each)))
  const reasons = new Map(results.map((result, at) => [group[at], result.status === 'rejected' && result.reason]))
  for (const each of erased) assert.ok(reasons.get(each) instanceof HttpError)
  assert.equal(reasons.get(wrong).constraint, 'submissions_total')
  const good = group.filter((each) => each !== wrong && !erased.includes(each))
  assert.equal(results.filter(({ status }) => status === 'fulfilled').length, good.length)
  assert.deepEqual(await kept(group), ids(good))
})

test('where the database is away a group is refused as a whole, and not asked for row by row', async () => {
  let asked = 0
  const away = async () => {
    asked++
    throw new HttpError('database-unavailable', 'away')
  }
  const recorder = createRecorder({ query: away })
  const results = await Promise.allSettled(entries(100).map((each) => recorder.record(each)))
  assert.deepEqual([results.filter(({ status }) => status === 'rejected').length, asked], [100, 1])
})

test('two groups of the same boards in opposite order are both recorded, and neither is sent again', async (t) => {
  const fresh = await system(t)
  const zoe = await fresh.person('zoe')
  const same = ids(entries(3)).map((id) => entry({ userId: zoe.id, id }))
  const answers: Promise<unknown>[] = []
  await withClient(fresh.databaseUrl, async (client) => {
    await client.query('begin')
    await client.query("insert into submissions values ($1, $2, '000', 3, 1)", [zoe.id, same[1]?.id])
    for (const [before, group] of [same, same.toReversed()].entries()) {
      const recorder = createRecorder(fresh.api.database)
      answers.push(...group.map((each) => recorder.record(each)))
      await stalled(before + 1, fresh.sql)
    }
  })
  await Promise.all(answers)
  const retries = (await fresh.api.metrics.text()).split('\n').find((line) => line.startsWith('jotc_database_retries'))
  assert.equal(retries, 'jotc_database_retries_total 0')
})

test('a backend killed during the insert: all is recorded all the same, once', async (t) => {
  const recorder = createRecorder(api.database)
  const release = await lockTable(t)
  const group = entries(50)
  const answers = group.map((each) => recorder.record(each))
  for (const pid of await stalled(1)) await sql('select pg_terminate_backend($1)', [pid])
  await release()
  await Promise.all(answers)
  assert.deepEqual(await kept(group), ids(group))
})

test('a connection lost after the commit, before its answer: recorded once, answered with the first time', async (t) => {
  const proxy = await startProxy(t, shared.databaseUrl)
  const beyond = await system(t, { DATABASE_URL: proxy.url })
  const recorder = createRecorder(beyond.api.database)
  await recorder.record(entry())
  const group = entries(50)
  proxy.isLosing = true
  const answers = await Promise.all(group.map((each) => recorder.record(each)))
  const rows = await sql('select id, created_at from submissions where id = any($1)', [ids(group)])
  const times = new Map(rows.map((row) => [row.id, row.created_at.toISOString()]))
  assert.equal(proxy.lost, 1)
  assert.deepEqual(
    answers.map(({ createdAt }) => createdAt),
    group.map(({ id }) => times.get(id)),
  )
})

test('a full queue refuses at once; what was taken before is recorded', async (t) => {
  const { recorder, release, inFlight } = await busyRecorder(t, { rows: 10, waiting: 20 })
  const taken = entries(20)
  const answers = taken.map((each) => recorder.record(each))
  await assert.rejects(recorder.record(entry()), { status: 503, headers: { 'retry-after': '2' } })
  await release()
  await Promise.all([inFlight, ...answers])
  assert.deepEqual(await kept(taken), ids(taken))
})

test('who waits too long is refused while statements are still in flight, and is not recorded afterwards', async (t) => {
  const { recorder, release, inFlight } = await busyRecorder(t, { maxWaitMs: 50 })
  const late = entry()
  await assert.rejects(recorder.record(late), { type: 'overloaded' })
  await release()
  await Promise.all([inFlight, recorder.close()])
  assert.deepEqual(await kept([late]), [])
})

test('operators see how many boards wait, and how many a statement takes', async (t) => {
  const fresh = await system(t)
  const zoe = await fresh.person('zoe')
  const release = await lockTable(t, fresh.databaseUrl)
  const answers = []
  for (const flight of [1, 2]) {
    answers.push(zoe.solves('000'))
    await stalled(flight, fresh.sql)
  }
  const { recorder, metrics } = fresh.api
  answers.push(...Array.from({ length: 3 }, () => zoe.solves('000')))
  while (recorder.waiting < 3) await wait(5)
  assert.match(await metrics.text(), /^jotc_recorder_waiting\{worker="0"\} 3$/m)
  await release()
  await Promise.all(answers)
  const text = await metrics.text()
  assert.match(text, /^jotc_recorder_waiting\{worker="0"\} 0$/m)
  assert.match(text, /^jotc_recorder_rows_bucket\{le="1"\} 2$/m)
  assert.match(text, /^jotc_recorder_rows_sum 5$/m)
})

test('closing writes what waits, and refuses what comes later', async (t) => {
  const { recorder, release, inFlight } = await busyRecorder(t, { rows: 10 })
  const group = entries(35)
  const answers = group.map((each) => recorder.record(each))
  const closed = recorder.close()
  await assert.rejects(recorder.record(entry()), HttpError)
  await release()
  await closed
  assert.deepEqual(await kept(group), ids(group))
  await Promise.all([inFlight, ...answers])
})

test('boards of ten thousand clouds are divided into statements of a million', async () => {
  const recorder = createRecorder(api.database, { statements: 1 })
  const long = entries(150).map((each) => ({ ...each, board: parseBoard('0'.repeat(10_000)), total: 5_000 }))
  await Promise.all(long.map((each) => recorder.record(each)))
  assert.deepEqual(await groupsOf(long), [50, 100])
})

/** Between the service and PostgreSQL: while it `isLosing`, it loses the answer to a statement that writes, once, with its connection. */
async function startProxy(t: TestContext, databaseUrl: string) {
  const url = new URL(databaseUrl)
  const [port, host] = [Number(url.port), url.hostname]
  const proxy = { url: '', isLosing: false, lost: 0 }
  const server = createServer((service) => {
    let isWriting = false
    async function* asked(sent: AsyncIterable<Buffer>) {
      for await (const bytes of sent) {
        // A connection that has prepared the statement names it.
        isWriting = proxy.isLosing && (bytes.includes('insert into submissions') || bytes.includes('\0record\0'))
        yield bytes
      }
    }
    async function* answered(answers: AsyncIterable<Buffer>) {
      for await (const bytes of answers) {
        if (isWriting) {
          proxy.isLosing = false
          proxy.lost++
          throw new Error('This answer is lost.')
        }
        yield bytes
      }
    }
    pipeline(service, asked, connect(port, host), answered, service, () => {})
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  t.after(() => server.close())
  url.port = String((server.address() as AddressInfo).port)
  proxy.url = url.href
  return proxy
}
