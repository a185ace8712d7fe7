import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { skip, startRedis, until } from '@jotc/testing/servers/redis'
import { keptLog } from '@jotc/testing/service/log'
import { type Answer, detailsOf, ORIGIN, problemOf, system, systemByCode } from '@jotc/testing/service/system'
import type { Config } from '../settings.ts'
import { leasedLimit, limiter } from './rate-limit.ts'
import { connectRedis } from './redis.ts'

test('a limiter in memory allows so many a minute for each key, and says how long to wait', async () => {
  const limit = limiter('login', 2)
  assert.deepEqual(await limit('ana'), { allowed: true, remaining: 1, seconds: 60 })
  assert.deepEqual(await limit('ana'), { allowed: true, remaining: 0, seconds: 60 })
  assert.deepEqual(await limit('ana'), { allowed: false, remaining: 0, seconds: 60 })
  assert.deepEqual(await limit('ben'), { allowed: true, remaining: 1, seconds: 60 })
})

test('a limiter on Redis', { skip }, async (t) => {
  const redis = await startRedis()
  t.after(() => redis.stop())
  const worker = async () => {
    const connection = await connectRedis(redis.url, keptLog(), 3_000)
    t.after(() => connection.close())
    await until(connection, 'up')
    return connection
  }
  const [here, there] = [await worker(), await worker()]
  const keysOf = async (name: string) => (await redis.command('KEYS', `jotc:limit:${name}:*`)) as [string]

  await t.test('counts each limit on its own, and begins again after the minute', async () => {
    const [login, other] = [limiter('again', 1, here), limiter('again other', 1, here)]
    await login('ana')
    assert.equal((await other('ana')).allowed, true)
    const [key] = await keysOf('again')
    const seconds = Number(await redis.command('TTL', key))
    assert(seconds > 0 && seconds <= 60)
    await redis.command('DEL', key)
    assert.equal((await login('ana')).allowed, true)
  })

  await t.test('leaves no address in Redis', async () => {
    await limiter('hidden', 1, here)('ana@example.org')
    assert.equal((await keysOf('hidden')).length, 1)
    assert.deepEqual(await redis.command('KEYS', '*ana*'), [])
  })

  await t.test('a key over its limit does not reach Redis again', async () => {
    const limit = limiter('flood', 1, here)
    for (let call = 0; call < 10; call += 1) await limit('ana')
    const [key] = await keysOf('flood')
    assert.equal(await redis.command('GET', key), '2')
  })

  await t.test('a burst of one key lets through exactly the limit, of all workers together', async () => {
    const limits = [limiter('burst', 10, here), limiter('burst', 10, there)]
    const calls = await Promise.all(Array.from({ length: 100 }, (_, call) => limits[call % 2]?.('ana')))
    assert.equal(calls.filter((allowance) => allowance?.allowed).length, 10)
  })

  await t.test('counts in memory while Redis stands still, and over Redis again afterwards', async () => {
    const limit = limiter('paused', 2, here)
    await limit('ana')
    redis.pause()
    const allowed = [await limit('ana'), await limit('ana'), await limit('ana')].map((allowance) => allowance.allowed)
    assert.deepEqual(allowed, [true, true, false])
    redis.resume()
    await Promise.all([until(here, 'up'), until(there, 'up')])
    assert.equal((await limiter('paused', 2, there)('ben')).remaining, 1)
  })
})

/** Signs in from an address of the internet. */
async function service(t: TestContext, settings: Partial<Config>) {
  const { api } = await system(t, settings)
  let people = 0
  return async (from: string, { name = `p${++people}`, headers = {} } = {}) =>
    await api.inject({ method: 'POST', url: '/login', payload: detailsOf(name), remoteAddress: from, headers })
}
const statuses = async (count: number, ask: () => Promise<Answer>) => {
  const answers: number[] = []
  for (let n = 0; n < count; n++) answers.push((await ask()).statusCode)
  return answers
}

test('a client tries an address so often a minute, and nobody else’s tries count; the page reads when to go on', async (t) => {
  const signsIn = await service(t, { RATE_LIMIT_LOGIN: 2 })
  const asAna = { name: 'ana', headers: { origin: ORIGIN } }
  assert.deepEqual(await statuses(3, () => signsIn('192.0.2.1', asAna)), [200, 200, 429])
  assert.equal((await signsIn('192.0.2.1', { name: 'ben' })).statusCode, 200)
  assert.equal((await signsIn('192.0.2.2', asAna)).statusCode, 200)
  const answer = await signsIn('192.0.2.1', asAna)
  problemOf(answer, 429)
  const seconds = Number(answer.headers['retry-after'])
  assert.ok(seconds >= 1 && seconds <= 60)
  assert.match(String(answer.headers['access-control-expose-headers']), /Retry-After/)
  assert.equal(answer.headers['access-control-allow-origin'], ORIGIN)
})

test('a client signs in ten times as often, whoever it says it is, or asks for; another client is not concerned', async (t) => {
  const signsIn = await service(t, { RATE_LIMIT_LOGIN: 1 })
  let client = 0
  const fromUntrustedProxy = () => signsIn('192.0.2.1', { headers: { 'x-forwarded-for': `198.51.100.${++client}` } })
  assert.deepEqual(await statuses(11, fromUntrustedProxy), [...Array(10).fill(200), 429])
  assert.equal((await signsIn('192.0.2.2')).statusCode, 200)
})

test('guesses of codes count for the client too', async (t) => {
  const { api } = await systemByCode(t, { RATE_LIMIT_LOGIN: 1 })
  const payload = { challengeId: '019b2c1e-6a3f-7c55-8a52-0f2d4c1b9e77', code: '123456' }
  const guess = async () => await api.inject({ method: 'POST', url: '/login/code', payload })
  assert.deepEqual(await statuses(11, guess), [...Array(10).fill(410), 429])
})

test('who had too many requests is served again when the minute is over', async (t) => {
  let allowed = false
  const limit = leasedLimit(async () => ({ allowed, remaining: 0, seconds: 60 }), 1)
  await assert.rejects(limit('ana'), { status: 429 })
  const later = performance.now() + 60_000
  t.mock.method(performance, 'now', () => later)
  allowed = true
  await limit('ana')
})

test('an account has so many requests a minute, all of its tokens together', async (t) => {
  const { person } = await system(t, { RATE_LIMIT: 120 })
  const [ana, again, ben] = [await person('ana'), await person('ana'), await person('ben')]
  const statuses = await Promise.all(
    Array.from({ length: 130 }, async (_, n) => (await (n % 2 ? ana : again).gets('/me')).statusCode),
  )
  assert.equal(statuses.filter((status) => status === 200).length, 120)
  assert.ok(Number((await ana.gets('/me')).headers['retry-after']) >= 1)
  assert.equal((await ben.gets('/me')).statusCode, 200)
})

test('workers that share Redis share the limits; without it each has its own', { skip }, async (t) => {
  const redis = await startRedis()
  t.after(() => redis.stop())
  const settings = { RATE_LIMIT_LOGIN: 1, REDIS_URL: redis.url }
  const [one, two] = [await service(t, settings), await service(t, settings)]
  const ana = { name: 'ana' }
  assert.equal((await one('192.0.2.1', ana)).statusCode, 200)
  assert.equal((await two('192.0.2.1', ana)).statusCode, 429)
  await redis.kill()
  assert.equal((await two('192.0.2.1')).statusCode, 200)
})
