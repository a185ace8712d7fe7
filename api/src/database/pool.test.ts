import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { inspect } from 'node:util'
import { createDatabase, withClient } from '@jotc/testing/servers/database'
import { startProxy } from '@jotc/testing/servers/proxy'
import { fastify } from 'fastify'
import sql from 'sql-template-tag'
import { isReadOnly, isTransient } from './errors.ts'
import { openPool } from './pool.ts'

test('once a server is read-only, none of its connections is used again, not even an idle one', async (t) => {
  const { url, pool } = await pooled(t, 3)
  await withClient(url, (client) => client.query('create table notes (text text)'))
  const elsewhere = Object.assign(new URL(url), { pathname: '/postgres' }).href
  const set = (setting: string) =>
    withClient(elsewhere, (client) => client.query(`alter database ${new URL(url).pathname.slice(1)} ${setting}`))
  await set('set default_transaction_read_only = on')
  await Promise.all([1, 2, 3].map(() => pool.use(({ query }) => query(sql`select pg_sleep(0.1)`))))
  // A younger pool is not replaced.
  await wait(1_100)
  const write = () => pool.use(({ query }) => query(sql`insert into notes values ('a')`))
  await assert.rejects(write(), isReadOnly)
  await set('reset default_transaction_read_only')
  await Promise.all([write(), write(), write()])
})

test('a server that cannot be reached in time is not reported as overload', async (t) => {
  const { url, pool, proxy } = await pooled(t, 1)
  const pid = () => pool.use(({ query }) => query<{ pid: number }>(sql`select pg_backend_pid() as pid`))
  const [used] = await pid()
  await withClient(url, (client) => client.query('select pg_terminate_backend($1, 1000)', [used?.pid]))
  await proxy.become('lose')
  // The second waits for the connection that the first asks for.
  for (const outcome of await Promise.allSettled([pid(), pid()]))
    assert(outcome.status === 'rejected' && isTransient(outcome.reason), inspect(outcome))
})

/** A pool that reaches a database of its own through a proxy; `url` bypasses it. */
async function pooled(t: TestContext, size: number) {
  const { url, drop } = await createDatabase()
  t.after(drop)
  const proxy = await startProxy(Number(new URL(url).port))
  t.after(() => proxy.close())
  const through = Object.assign(new URL(url), { port: proxy.port }).href
  const pool = openPool(through, size, fastify().log)
  t.after(() => pool.end())
  return { url, pool, proxy }
}
