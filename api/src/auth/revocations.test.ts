import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, type TestContext, test } from 'node:test'
import { withClient } from '@jotc/testing/servers/database'
import { skip, startRedis, until } from '@jotc/testing/servers/redis'
import { becomesTrue, type Person, problemOf, system } from '@jotc/testing/service/system'

const { api, person, sql, databaseUrl: DATABASE_URL } = await system({ after })
const ana = await person('ana')

/** One more worker on the same database. */
const worker = (t: TestContext, settings = {}) => system(t, { DATABASE_URL, ...settings })
const isIn = async (who: Person) => (await who.gets('/me')).statusCode === 200
const isOut = async (who: Person) => (await who.gets('/me')).statusCode === 401

test('a token that was signed out is refused at once, by each worker within a second, and after a restart; no other is', async (t) => {
  const other = await worker(t)
  const [here, there] = [await person('ben'), await person('ben')]
  const elsewhere = here.on(other)
  assert.ok(await isIn(elsewhere))
  await here.signsOut()
  assert.equal(problemOf(await here.gets('/me'), 401).detail, 'This session was signed out. Sign in again.')
  problemOf(await here.posts('/logout', {}), 401)
  await becomesTrue(() => isOut(elsewhere))
  problemOf(await here.on(await worker(t)).gets('/me'), 401)
  assert.ok(await isIn(there))
})

test('a revocation counts within a second of its commit, however long its transaction took', async (t) => {
  const other = await worker(t)
  const [quick, slow] = [await person('quick'), await person('slow')]
  const there = slow.on(other)
  assert.ok(await isIn(there))
  await quick.signsOut()
  await becomesTrue(() => isOut(quick.on(other)))
  const { jti } = JSON.parse(Buffer.from(slow.token.split('.')[1] ?? '', 'base64url').toString())
  await sql(
    `insert into revocations (id, kind, recorded_at, expires_at)
     values ($1, 'token', now() - interval '1 minute', now() + interval '1 hour')`,
    [jti],
  )
  await becomesTrue(() => isOut(there))
})

test('a demoted administrator is none for every other worker within a second, and stays signed in', async (t) => {
  const other = await worker(t)
  const yan = await person('yan')
  await ana.patches(`/users/${yan.id}`, { role: 'admin' })
  const there = yan.on(other)
  assert.equal((await there.gets('/users')).statusCode, 200)
  await ana.patches(`/users/${yan.id}`, { role: 'user' })
  problemOf(await yan.gets('/users'), 403)
  await becomesTrue(async () => (await there.gets('/users')).statusCode === 403)
  assert.ok(await isIn(there))
})

test('where nobody can tell which tokens are signed out, none is accepted', async (t) => {
  const alone = await system(t)
  const zoe = await alone.person('zoe')
  assert.ok(await isIn(zoe))
  await alone.sql('alter table revocations rename to hidden')
  await becomesTrue(async () => (await zoe.gets('/me')).statusCode >= 500)
  await alone.sql('alter table hidden rename to revocations')
  await becomesTrue(() => isIn(zoe))
})

test('what a slow read found is as old as its beginning: nobody relies on it later', async (t) => {
  const { api, databaseUrl } = await system(t)
  await withClient(databaseUrl, async (holder) => {
    await holder.query('begin; lock table revocations in access exclusive mode')
    const waiting = `select from pg_locks where relation = 'revocations'::regclass and not granted`
    while ((await holder.query(waiting)).rowCount === 0);
    const later = performance.now() + 2_001
    t.mock.method(performance, 'now', () => later)
    const read = api.revocations.ensureFresh()
    await holder.query('commit')
    await read
  })
  const again = api.revocations.ensureFresh()
  assert.notEqual(again, undefined)
  await again
})

test('what has ended by itself is swept', async () => {
  const id = randomUUID()
  await sql("insert into revocations (id, kind, expires_at) values ($1, 'token', now() - interval '2 minutes')", [id])
  await api.sweeper.sweep()
  assert.deepEqual(await sql('select id from revocations where id = $1', [id]), [])
})

test('a signed-out token stays out while Redis is killed, paused, emptied and read-only', {
  skip,
}, async (t) => {
  const redis = await startRedis()
  t.after(() => redis.stop())
  const REDIS_URL = redis.url
  const [one, two] = [await worker(t, { REDIS_URL }), await worker(t, { REDIS_URL })]
  const signedOut: Person[] = []

  const signsOutOnOne = async () => {
    const here = await one.person(`p${signedOut.length}`)
    const there = here.on(two)
    assert.ok(await isIn(there))
    await here.signsOut()
    await becomesTrue(() => isOut(there))
    signedOut.push(here, there)
    for (const who of signedOut) problemOf(await who.gets('/me'), 401)
  }

  const readiness = async () => (await one.api.inject('/health/ready')).json().status

  for (const [fault, state, repair] of [
    [() => redis.command('FLUSHALL'), 'up', () => {}],
    [() => redis.command('REPLICAOF', '127.0.0.1', '1'), 'gone', () => redis.command('REPLICAOF', 'NO', 'ONE')],
    [() => redis.pause(), 'gone', () => redis.resume()],
    [() => redis.kill(), 'gone', () => redis.restart()],
  ] as const) {
    await signsOutOnOne()
    await fault()
    await signsOutOnOne()
    await until(one.api.redis, state)
    assert.equal(await readiness(), state === 'up' ? 'ok' : 'degraded')
    await repair()
    await Promise.all([one, two].map(({ api }) => until(api.redis, 'up')))
  }
  await signsOutOnOne()
  assert.equal(await readiness(), 'ok')
})
