import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, beforeEach, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { startPostgres } from '@jotc/db/embedded'
import { temporaryFolder } from '@jotc/testing/folder'
import { copyCluster } from '@jotc/testing/servers/cluster'
import { withClient } from '@jotc/testing/servers/database'
import { type NetworkCondition, startProxy } from '@jotc/testing/servers/proxy'
import { skip, startRedis, until } from '@jotc/testing/servers/redis'
import { startStandby } from '@jotc/testing/servers/standby'
import { WAITING_FOR_LOCK } from '@jotc/testing/service/backends'
import { logOf } from '@jotc/testing/service/log'
import { becomesTrue, type Person, system } from '@jotc/testing/service/system'
import type { Config } from '../settings.ts'

/** Far above any lag here: only what is meant to be too far behind is. */
const PATIENT: Partial<Config> = { DATABASE_READ_LAG_LIMIT: 3_600 }
const LARGE_ROWS = 5_000

const { primary, standby, onPrimary, onStandby } = await pair()
const shared = await service({ after }, { ...PATIENT, DATABASE_READ_POOL_SIZE: 10 })
const { admin, ana } = shared

beforeEach(async () => {
  await shared.becomes('pass')
  await onStandby('select pg_wal_replay_resume()')
  await onPrimary('truncate submissions')
  await caughtUp()
  await shared.untilHealth('ok')
  shared.log.clear()
})

/** A primary and its replica, of which the tests below have one each. */
async function pair() {
  const folder = temporaryFolder('replica')
  const dataDir = join(folder.path, 'primary')
  await copyCluster(dataDir)
  const primary = await startPostgres({ dataDir, settings: { fsync: 'off' } })
  const standby = await startStandby({
    primary: { dataDir, url: primary.url },
    dataDir: join(folder.path, 'standby'),
    name: 'replica',
    settings: { fsync: 'off' },
  })
  after(async () => {
    await standby.stop()
    await primary.stop()
    folder[Symbol.dispose]()
  })
  const on = (url: string) => (text: string) => withClient(url, async (client) => (await client.query(text)).rows)
  return { primary, standby, onPrimary: on(primary.url), onStandby: on(standby.url) }
}

/** Resolves when the replica has all that is committed now. */
async function caughtUp(): Promise<void> {
  const [row] = await onPrimary('select pg_current_wal_flush_lsn() as position')
  while ((await onStandby(`select where pg_last_wal_replay_lsn() >= '${row.position}'`)).length === 0) await wait(5)
}

/** A service on both servers, which reaches the replica over a network that can fail; its administrator, and Ana. */
async function service(test: Owner, settings: Partial<Config>, atFirst: NetworkCondition = 'pass') {
  const network = await startProxy(standby.port)
  test.after(() => network.close())
  await network.become(atFirst)
  const throughNetwork = Object.assign(new URL(standby.url), { port: network.port }).href
  const urls = { DATABASE_URL: primary.url, DATABASE_READ_URL: throughNetwork }
  const { api, person } = await system(test, { ...urls, ...settings })
  const health = async () => (await api.inject('/health/ready')).json().status
  return {
    api,
    health,
    person,
    admin: await person('admin'),
    ana: await person('ana'),
    log: logOf(api),
    becomes: (condition: NetworkCondition) => network.become(condition),
    untilHealth: (status: string) => becomesTrue(async () => (await health()) === status),
  }
}

type Owner = Parameters<typeof system>[0]

const totalOf = async (person: Person) => (await person.lists()).total
const lagOf = async ({ api }: Pick<Person, 'api'>) =>
  Number(/^jotc_database_replica_lag_seconds\{.*\} (\S+)$/m.exec((await api.inject('/metrics')).body)?.[1])
const linesAbout = (log: ReturnType<typeof logOf>, server: string) =>
  log.lines.filter(({ msg }) => msg?.includes(server)).map(({ level, msg }) => [level, msg?.split(',')[0]])

test('everybody’s lists, statistics and exports are the replica’s; a person’s own are the primary’s', async () => {
  await onStandby('select pg_wal_replay_pause()')
  await ana.solves('000')

  assert.equal(await totalOf(ana), 1)
  assert.equal((await ana.gets('/jotc/stats')).json().submissions, 1)
  assert.match((await ana.gets('/jotc/export')).body, /\[000\]/)

  assert.equal(await totalOf(admin), 0)
  assert.equal((await admin.gets('/jotc/stats')).json().submissions, 0)
  assert.doesNotMatch((await admin.gets('/jotc/export')).body, /\[000\]/)
  const submissions = (await admin.gets('/users')).json().items.map((user: { submissions: number }) => user.submissions)
  assert.equal(Math.max(...submissions), 0)
})

for (const [what, change] of [
  ['saved a board', async (admin) => void (await admin.solves('000'))],
  ['gave a role', async (admin, ben) => void (await admin.patches(`/users/${ben.id}`, { role: 'admin' }))],
  ['removed submissions', async (admin, ben) => void (await admin.deletes(`/users/${ben.id}/submissions`))],
] satisfies [string, (admin: Person, ben: Person) => Promise<void>][])
  test(`an administrator who ${what} sees it at once, however far behind the replica is`, async () => {
    // Beside `admin`, who changes nothing and so reads the replica.
    const chief = await shared.person('chief')
    await onPrimary(`update users set role = 'admin' where id = '${chief.id}'`)
    await becomesTrue(async () => (await chief.gets('/users')).statusCode === 200)
    const ben = await shared.person('ben')
    await ben.solves('0')
    await caughtUp()
    await onStandby('select pg_wal_replay_pause()')
    const shown = async () => [await chief.lists(), (await chief.gets('/users?sortBy=email&sort=asc')).json()]
    const before = await shown()
    await change(chief, ben)
    assert.notDeepEqual(await shown(), before)
  })

test('an administrator who changed something while Redis was gone still sees it on every worker once Redis is back', {
  skip,
}, async (t) => {
  const redis = await startRedis()
  t.after(() => redis.stop())
  const settings = { ...PATIENT, REDIS_URL: redis.url }
  const [one, other] = [await service(t, settings), await service(t, settings)]
  await caughtUp()
  await onStandby('select pg_wal_replay_pause()')
  assert.equal(await totalOf(other.admin), 0)
  await redis.kill()
  await Promise.all([until(one.api.redis, 'gone'), until(other.api.redis, 'gone')])
  await one.admin.solves('000')
  await redis.restart()
  await Promise.all([until(one.api.redis, 'up'), until(other.api.redis, 'up')])
  assert.equal(await totalOf(other.admin), 1)
})

test('an idle primary is no lag; a replica that receives nothing more has some once it misses something', async () => {
  await becomesTrue(async () => (await lagOf(shared)) === 0)
  await onStandby('select pg_wal_replay_pause()')
  await ana.solves('000')
  await becomesTrue(async () => (await lagOf(shared)) > 1)
  await onStandby('select pg_wal_replay_resume()')
  await becomesTrue(async () => (await lagOf(shared)) === 0)
})

test('a replica too far behind is not read until it has caught up: readiness and the log say so', async (t) => {
  const { admin, ana, log, untilHealth } = await service(t, { DATABASE_READ_LAG_LIMIT: 2 })
  await caughtUp()
  await untilHealth('ok')
  await onStandby('select pg_wal_replay_pause()')
  await ana.solves('000')
  await untilHealth('degraded')
  assert.equal(await totalOf(admin), 1)
  await onStandby('select pg_wal_replay_resume()')
  await untilHealth('ok')
  const said = linesAbout(log, 'replica').map(([level]) => level)
  assert.deepEqual([said.at(-2), said.at(-1)], [40, 30])
})

test('a replica that is away: all is read on the primary, said once when it begins and once when it ends', async () => {
  const { api, log, becomes, untilHealth } = shared
  await ana.solves('000')
  await becomes('refuse')
  for (let n = 0; n < 20; n++) assert.equal(await totalOf(admin), 1)
  await untilHealth('degraded')
  assert.equal((await admin.gets('/jotc/stats')).json().submissions, 1)
  assert.equal((await api.inject('/health/ready')).statusCode, 200)
  await becomes('pass')
  await untilHealth('ok')
  assert.deepEqual(linesAbout(log, 'the replica'), [
    [40, 'the replica is away'],
    [30, 'the replica serves everybody’s lists'],
  ])
})

for (const [how, condition] of [
  ['is cut', 'reset'],
  ['says nothing any more', 'lose'],
] as const)
  test(`a read that is under way when the replica ${how} is answered by the primary`, async () => {
    await ana.solves('000')
    await caughtUp()
    await withClient(primary.url, async (client) => {
      // The lock is replayed by the replica, where it keeps reads waiting, too.
      await client.query('begin; lock table submissions in access exclusive mode')
      await onPrimary("select pg_logical_emit_message(false, 'the lock', 'is written to disk', true)")
      await caughtUp()
      const reading = [admin.gets('/jotc'), admin.gets('/jotc/stats'), admin.gets('/jotc/export')]
      while ((await onStandby(WAITING_FOR_LOCK)).length < reading.length) await wait(5)
      await shared.becomes(condition)
      await client.query('commit')
      const [list, stats, file] = await Promise.all(reading)
      assert.equal(list?.json().total, 1)
      assert.equal(stats?.json().submissions, 1)
      assert.match(file?.body ?? '', /\[000\]/)
    })
  })

test('an export goes on when the replica goes away, and a list by cursor: no row is missing, none comes twice', async () => {
  await onPrimary(`
    insert into submissions (user_id, id, clouds, size, total, created_at)
    select '${ana.id}', uuidv7(), repeat('0', 1000), 1000, 500, clock_timestamp() from generate_series(1, ${LARGE_ROWS})`)
  await caughtUp()
  const page = await admin.lists({ pageSize: 100 })
  const file = await admin.opens('/jotc/export')
  await shared.becomes('refuse')
  const ids = (await file.text())
    .split('\r\n')
    .slice(1, -1)
    .map((line) => line.split(',', 1)[0])
  assert.deepEqual([ids.length, new Set(ids).size], [LARGE_ROWS, LARGE_ROWS])
  const next = await admin.lists({ pageSize: 100, cursor: page.nextCursor as string })
  assert.deepEqual(
    [...page.items, ...next.items].map(({ id }) => id),
    ids.slice(0, 200),
  )
})

test('a service that starts while the replica is away serves, and reads it once it is there', async (t) => {
  const { admin, health, becomes, untilHealth } = await service(t, PATIENT, 'refuse')
  assert.equal(await totalOf(admin), 0)
  assert.equal(await health(), 'degraded')
  await becomes('pass')
  await untilHealth('ok')
})

test('a DATABASE_READ_URL that names the primary itself has no lag', async (t) => {
  const { api, person } = await system(t, { DATABASE_URL: primary.url, DATABASE_READ_URL: primary.url })
  const admin = await person('admin')
  await admin.solves('000')
  assert.equal(await totalOf(admin), 1)
  assert.equal(await lagOf({ api }), 0)
  assert.equal((await api.inject('/health/ready')).json().status, 'ok')
})
