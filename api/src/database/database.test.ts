import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { after, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import sql from 'sql-template-tag'
import { skip, startPgBouncer } from '../../test/pgbouncer.ts'
import { detailsOf, problemOf, signIn, system } from '../../test/system.ts'
import { HttpError } from '../http/errors.ts'

const { api, person, sql: beside } = await system({ after })
const ana = await person('ana')

test('C106: when the server ends every idle connection, the process lives and the next request is answered', async () => {
  await Promise.all(Array.from({ length: 10 }, () => ana.lists()))
  await beside("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'jotc-api'")
  assert.equal((await ana.gets('/jotc')).statusCode, 200)
})

test('a connection that ends in the middle of a transaction: the transaction is done again, once', async () => {
  let tries = 0
  const result = await api.database.transaction(async (query) => {
    tries++
    if (tries === 1) await query(sql`select pg_terminate_backend(pg_backend_pid())`)
    return await query<{ one: number }>(sql`select 1 as one`)
  })
  assert.deepEqual([tries, result], [2, [{ one: 1 }]])
})

test('C112: a hundred requests at once share ten connections without waiting for one another', async () => {
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, n) => (n % 2 ? ana.gets('/jotc') : ana.posts('/jotc', { clouds: '000' }))),
  )
  assert.ok(answers.every((answer) => answer.statusCode < 300))
})

test('C185: a database that is away makes the service unready and its answers 503, not the process end', async (t) => {
  const nobody = createServer().listen(0, '127.0.0.1')
  await once(nobody, 'listening')
  const { port } = nobody.address() as { port: number }
  await once(nobody.close(), 'close')

  const away = await system(t, { DATABASE_URL: `postgres://nobody:nothing@127.0.0.1:${port}/none` })
  const answer = await away.holderOf(ana.token).gets('/me')
  problemOf(answer, 503)
  assert.equal(answer.headers['retry-after'], '2')
  const ready = await away.api.inject('/health/ready')
  assert.deepEqual([ready.statusCode, ready.json().status], [503, 'unavailable'])
  assert.equal((await away.api.inject('/health/live')).statusCode, 200)
})

test('a database that does not answer makes the service unready within a second or so', async (t) => {
  const silent = createServer().listen(0, '127.0.0.1')
  await once(silent, 'listening')
  t.after(() => silent.close())
  const { port } = silent.address() as { port: number }
  const away = await system(t, { DATABASE_URL: `postgres://nobody:nothing@127.0.0.1:${port}/none` })
  assert.equal((await away.api.inject('/health/ready')).statusCode, 503)
})

test('without the schema the service is not ready', async (t) => {
  const fresh = await system(t)
  assert.equal((await fresh.api.inject('/health/ready')).statusCode, 200)
  await fresh.sql('drop table submissions')
  assert.equal((await fresh.api.inject('/health/ready')).statusCode, 503)
})

test('C107: a connection that ends in the middle of a solve: one row, and the process lives', async (t) => {
  const fresh = await system(t)
  const zoe = await fresh.person('zoe')
  const lock = new pg.Client(fresh.databaseUrl)
  await lock.connect()
  await lock.query('begin; lock table submissions in access exclusive mode')
  const solving = zoe.posts('/jotc', { clouds: '000' })
  const waiting = "select pid from pg_stat_activity where application_name = 'jotc-api' and wait_event_type = 'Lock'"
  while ((await fresh.sql(waiting)).length === 0) await wait(5)
  await fresh.sql(`select pg_terminate_backend(pid) from (${waiting}) as waiting`)
  await lock.query('commit')
  await lock.end()
  assert.equal((await solving).statusCode, 201)
  assert.deepEqual(await fresh.sql('select count(*)::int as rows from submissions'), [{ rows: 1 }])
})

test('C109: a server that turned read-only is given up; when it is not any more, writes work without a restart', async (t) => {
  const fresh = await system(t)
  const zoe = await fresh.person('zoe')
  const [{ name }] = (await fresh.sql('select current_database() as name')) as [{ name: string }]
  const cut = "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'jotc-api'"
  await fresh.sql(`alter database ${name} set default_transaction_read_only = on`)
  await fresh.sql(cut)
  const refused = await zoe.posts('/jotc', { clouds: '000' })
  problemOf(refused, 503)
  assert.equal(refused.headers['retry-after'], '2')
  // Nothing cuts the connections that were made meanwhile.
  await fresh.sql(`alter database ${name} reset default_transaction_read_only`)
  assert.equal((await zoe.posts('/jotc', { clouds: '000' })).statusCode, 201)
})

test('C110: behind a PgBouncer in transaction mode, as it comes, a thousand mixed requests are answered', {
  skip,
}, async (t) => {
  const direct = await system(t)
  const { api } = await system(t, { DATABASE_URL: await startPgBouncer(t, direct.databaseUrl) })
  const zoe = await signIn(api, detailsOf('zoe'))
  for (let round = 0; round < 10; round++) {
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        n % 2 ? zoe.gets('/jotc?pageSize=5') : zoe.posts('/jotc', { clouds: '000' }),
      ),
    )
    assert.deepEqual(new Set(answers.map(({ statusCode }) => statusCode)), new Set([200, 201]))
  }
  assert.deepEqual(await direct.sql('select count(*)::int as rows from submissions'), [{ rows: 500 }])
})

test('C118: ten thousand texts beyond ASCII come back as they were', async () => {
  const text = 'é→İ'.repeat(20)
  const rows = Array.from({ length: 100 }, (_, n) => `${text}${n}`)
  for (let round = 0; round < 100; round++) {
    const back = await Promise.all(
      rows.map((row) => api.database.query<{ back: string }>(sql`select ${row}::text as back`)),
    )
    assert.deepEqual(
      back.map(([row]) => row?.back),
      rows,
    )
  }
})

test('a statement that never ends is ended after ten seconds, and answered by 503', async () => {
  await assert.rejects(api.database.query(sql`select pg_sleep(60)`), HttpError)
})
