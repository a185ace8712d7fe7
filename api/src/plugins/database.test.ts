import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { after, test } from 'node:test'
import sql from 'sql-template-tag'
import { problemOf, system } from '../testing.ts'

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

test('a database that is away makes the service unready and its answers 503, not the process end', async (t) => {
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
