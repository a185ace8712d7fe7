import assert from 'node:assert/strict'
import { randomUUIDv7 } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { after, describe, type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { withClient } from '@jotc/testing/servers/database'
import { skip, startPgBouncer } from '@jotc/testing/servers/pgbouncer'
import { END_CONNECTIONS, WAITING_FOR_LOCK } from '@jotc/testing/service/backends'
import { logOf } from '@jotc/testing/service/log'
import { problemOf, system, systemByCode } from '@jotc/testing/service/system'
import pg from 'pg'
import sql from 'sql-template-tag'
import type { Entry } from '../submissions/insert.ts'

const { api, databaseUrl, person, sql: beside } = await system({ after })
const ana = await person('ana')

test('when the server ends every idle connection, the process lives and the next request is answered', async () => {
  await Promise.all(Array.from({ length: 10 }, () => ana.lists()))
  await beside(END_CONNECTIONS)
  assert.equal((await ana.gets('/jotc')).statusCode, 200)
})

test('a transaction that fails leaves nothing behind; for a passing reason it is done again, once: on another connection, or the same where it is good', async (t) => {
  const { api } = await system(t, { DATABASE_POOL_SIZE: 1 })
  const failing = api.database.transaction(async (query) => {
    await query(sql`create table left_behind ()`)
    throw new Error('refused')
  })
  await assert.rejects(failing, { message: 'refused' })
  assert.deepEqual(await api.database.query(sql`select to_regclass('left_behind') as found`), [{ found: null }])
  for (const [what, fail, isKept] of [
    ['a connection that ends', sql`select pg_terminate_backend(pg_backend_pid())`, false],
    ['a server that only reads', sql`do $$ begin raise sqlstate '25006'; end $$`, false],
    ['a conflict with another transaction', sql`do $$ begin raise sqlstate '40001'; end $$`, true],
  ] as const) {
    const pids: (number | undefined)[] = []
    const result = await api.database.transaction(async (query) => {
      const [row] = await query<{ pid: number }>(sql`select pg_backend_pid() as pid`)
      pids.push(row?.pid)
      if (pids.length === 1) await query(fail)
      return 'done'
    })
    assert.deepEqual([pids.length, pids[0] === pids[1], result], [2, isKept, 'done'], what)
  }
})

test('a hundred requests at once share a few connections without waiting for one another', async () => {
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, n) => (n % 2 ? ana.gets('/jotc') : ana.posts('/jotc', { clouds: '000' }))),
  )
  assert.ok(answers.every((answer) => answer.statusCode < 300))
})

for (const [what, address] of [
  ['that is away', 'postgres://nobody:nothing@127.0.0.1:1/none'],
  ['whose name is gone for a moment, as when it is restored,', `${databaseUrl}_renamed`],
] as const)
  test(`a database ${what} makes the service unready and its answers 503, not the process end`, async (t) => {
    const away = await system(t, { DATABASE_URL: address })
    const answer = await away.holderOf(ana.token).gets('/me')
    problemOf(answer, 503)
    assert.equal(answer.headers['retry-after'], '2')
    const ready = await away.api.inject('/health/ready')
    assert.deepEqual([ready.statusCode, ready.json().status], [503, 'unavailable'])
    assert.equal((await away.api.inject('/health/live')).statusCode, 200)
  })

/** The URL of a server that takes connections and says nothing. */
async function silentServer(t: TestContext): Promise<string> {
  const silent = createServer().listen(0, '127.0.0.1')
  await once(silent, 'listening')
  t.after(() => silent.close())
  return `postgres://nobody:nothing@127.0.0.1:${(silent.address() as { port: number }).port}/none`
}

test('a database that does not answer makes the service unready within a second or so', async (t) => {
  const away = await system(t, { DATABASE_URL: await silentServer(t) })
  assert.equal((await away.api.inject('/health/ready')).statusCode, 503)
})

test('a connection that is not made in time is tried again; who waited in vain for one to be free is not', async (t) => {
  const { api } = await system(t, { DATABASE_URL: await silentServer(t), DATABASE_READ_POOL_SIZE: 1 })
  const settled: number[] = []
  const ask = async (number: number) => {
    await assert.rejects(api.readDatabase.query(sql`select 1`), { type: 'database-unavailable' })
    settled.push(number)
  }
  await Promise.all([0, 1, 2, 3, 4, 5].map(ask))
  assert.equal(settled.at(-1), 0)
})

test('without the schema the service is not ready', async (t) => {
  const fresh = await system(t)
  assert.equal((await fresh.api.inject('/health/ready')).statusCode, 200)
  await fresh.sql('drop table submissions cascade')
  assert.equal((await fresh.api.inject('/health/ready')).statusCode, 503)
})

test('a connection that ends in the middle of a solve: one row, and the process lives', async (t) => {
  const fresh = await system(t)
  const zoe = await fresh.person('zoe')
  await withClient(fresh.databaseUrl, async (holder) => {
    await holder.query('begin; lock table submissions in access exclusive mode')
    const solving = zoe.posts('/jotc', { clouds: '000' })
    while ((await fresh.sql(WAITING_FOR_LOCK)).length === 0) await wait(5)
    await fresh.sql(`select pg_terminate_backend(pid) from (${WAITING_FOR_LOCK}) as waiting`)
    await holder.query('commit')
    assert.equal((await solving).statusCode, 201)
  })
  assert.deepEqual(await fresh.sql('select count(*)::int as rows from submissions'), [{ rows: 1 }])
})

test('a server that turned read-only is given up; when it is not any more, writes work without a restart', async (t) => {
  const fresh = await system(t)
  const zoe = await fresh.person('zoe')
  const name = new URL(fresh.databaseUrl).pathname.slice(1)
  await fresh.sql(`alter database ${name} set default_transaction_read_only = on`)
  await fresh.sql(END_CONNECTIONS)
  const refused = await zoe.posts('/jotc', { clouds: '000' })
  problemOf(refused, 503)
  assert.equal(refused.headers['retry-after'], '2')
  // Nothing cuts the connections that were made meanwhile.
  await fresh.sql(`alter database ${name} reset default_transaction_read_only`)
  assert.equal((await zoe.posts('/jotc', { clouds: '000' })).statusCode, 201)
})

test('what is refused costs no connection: conflicts, limits of mails, a bad row among good ones', async (t) => {
  const { api, sql: beside, person } = await systemByCode(t, { DATABASE_POOL_SIZE: 1 })
  const backend = async () => await api.database.query(sql`select pg_backend_pid()`)
  const zoe = await person('zoe')
  const before = await backend()

  for (let n = 0; n < 20; n++) problemOf(await zoe.patches(`/users/${zoe.id}`, { role: 'user' }), 409)

  const login = async () =>
    (await api.inject({ method: 'POST', url: '/login', payload: { email: 'yan@example.org' } })).statusCode
  await login()
  await beside("update challenges set expires_at = created_at where email = 'yan@example.org'")
  for (let n = 0; n < 10; n++) assert.equal(await login(), 429)

  const entries = Array.from({ length: 50 }, (_, n) => ({
    userId: n === 25 ? '019b2c1e-6a3f-7c55-8a52-0f2d4c1b9e77' : zoe.id,
    id: randomUUIDv7(),
    board: '000',
    total: 1,
  }))
  const outcomes = await Promise.allSettled(entries.map((entry) => api.recorder.record(entry as Entry)))
  assert.equal(outcomes.filter(({ status }) => status === 'rejected').length, 1)
  assert.deepEqual(await backend(), before)
})

test('slow lists, statistics and exports keep nobody from saving a board, and the service stays ready', async (t) => {
  const fresh = await system(t)
  const zoe = await fresh.person('zoe')
  // Known from now on, without a read.
  await zoe.gets('/me')
  await withClient(fresh.databaseUrl, async (holder) => {
    // Each read of an administrator waits for a lock, where none of what saves a board does.
    await holder.query(`
      create schema slow;
      create view slow.users as select users.* from public.users, pg_advisory_xact_lock_shared(7000001);
      alter database ${holder.database} set search_path = slow, public;
      select pg_advisory_lock(7000001)`)
    await holder.query(END_CONNECTIONS)
    const reads = Array.from({ length: 8 }, (_, n) => zoe.gets(['/jotc', '/jotc/stats', '/jotc/export'][n % 3] ?? ''))
    while ((await holder.query(WAITING_FOR_LOCK)).rows.length < 3) await wait(5)

    assert.equal((await zoe.posts('/jotc', { clouds: '000' })).statusCode, 201)
    assert.equal((await fresh.api.inject('/health/ready')).statusCode, 200)
    assert.partialDeepStrictEqual(problemOf(await zoe.gets('/jotc'), 503), {
      type: '/problems/overloaded',
      detail: 'The service is busy. Try again in a few seconds.',
    })
    await holder.query('select pg_advisory_unlock(7000001)')
    for (const { statusCode } of await Promise.all(reads)) assert.ok([200, 503].includes(statusCode))
    assert.equal((await zoe.gets('/jotc')).statusCode, 200)
  })
})

test('a server with no disk space, no memory or a failing disk: 503 of its own type, not an error of ours, and boards can be saved again later', async (t) => {
  const fresh = await system(t)
  const zoe = await fresh.person('zoe')
  const log = logOf(fresh.api)
  const begun = performance.now()
  for (const code of ['53100', '53200', '58030']) {
    await fresh.sql(`
      create or replace function fail() returns trigger language plpgsql as $$ begin raise sqlstate '${code}'; end $$;
      create trigger fail before insert on submissions for each row execute function fail()`)
    for (let n = 0; n < 20; n++) {
      const answer = await zoe.posts('/jotc', { clouds: '000' })
      const problem = problemOf(answer, 503)
      assert.deepEqual([problem.type, problem.code], ['/problems/out-of-storage', undefined], code)
      assert.equal(answer.headers['retry-after'], '60')
    }
    assert.equal((await zoe.gets('/jotc')).statusCode, 200)
    await fresh.sql('drop trigger fail on submissions')
    assert.equal((await zoe.posts('/jotc', { clouds: '000' })).statusCode, 201)
  }
  const seconds = Math.ceil((performance.now() - begun) / 1_000)
  const warnings = log.lines.filter(({ level }) => level === 40).length
  assert.ok(warnings >= 1 && warnings <= seconds, `${warnings} lines in ${seconds} s`)
  assert.ok(log.lines.every(({ level = 0, code }) => level <= 40 && code === undefined))
})

test('three thousand texts beyond ASCII come back as they were', async () => {
  const text = 'é→İ'.repeat(20)
  const rows = Array.from({ length: 100 }, (_, n) => ({ back: `${text}${n}` }))
  for (let round = 0; round < 30; round++) {
    const back = await Promise.all(rows.map(({ back }) => api.database.query(sql`select ${back}::text as back`)))
    assert.deepEqual(back.flat(), rows)
  }
})

describe('behind a PgBouncer in transaction mode, as it comes', { skip, concurrency: true }, () => {
  const behindPgBouncer = async (t: TestContext) => {
    const direct = await system(t)
    const url = await startPgBouncer(t, direct.databaseUrl)
    return { direct, url, ...(await system(t, { DATABASE_URL: url })) }
  }

  test('three hundred mixed requests are answered', async (t) => {
    const { direct, person } = await behindPgBouncer(t)
    const zoe = await person('zoe')
    for (let round = 0; round < 3; round++) {
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, n) =>
          n % 2 ? zoe.gets('/jotc?pageSize=5') : zoe.posts('/jotc', { clouds: '000' }),
        ),
      )
      assert.deepEqual(new Set(answers.map(({ statusCode }) => statusCode)), new Set([200, 201]))
    }
    assert.deepEqual(await direct.sql('select count(*)::int as rows from submissions'), [{ rows: 150 }])
  })

  test('our deadline is not that of others who come through it', async (t) => {
    const { person, url } = await behindPgBouncer(t)
    const ana = await person('ana')
    await Promise.all(Array.from({ length: 20 }, () => ana.lists()))
    const others = Array.from({ length: 4 }, () => new pg.Client(url))
    await Promise.all(others.map((other) => other.connect()))
    for (const other of others) {
      assert.deepEqual((await other.query('show statement_timeout')).rows, [{ statement_timeout: '0' }])
      await other.end()
    }
  })

  test('a statement that never ends is ended after ten seconds, on the server too', async (t) => {
    const { api, direct } = await behindPgBouncer(t)
    await assert.rejects(api.database.query(sql`select pg_sleep(60)`), { type: 'database-unavailable' })
    const running = "select query from pg_stat_activity where state = 'active' and query like '%pg_sleep(60)%'"
    assert.equal((await direct.sql(`${running} and pid <> pg_backend_pid()`)).length, 0)
  })
})

test('a statement that never ends is ended after ten seconds, answered by 503, and not sent again', async () => {
  const retries = async () => /^jotc_database_retries_total \d+/m.exec(await api.metrics.text())?.[0]
  const before = await retries()
  await assert.rejects(api.database.query(sql`select pg_sleep(60)`), { type: 'database-unavailable' })
  assert.equal(await retries(), before)
})

test('a sweep that is running when the service closes ends early', async (t) => {
  const { api } = await system(t)
  for (let n = 0; n < 2; n++) api.sweeper.add(sql`select pg_sleep(0.2)`)
  const sweeping = api.sweeper.sweep()
  await api.close()
  await sweeping
})
