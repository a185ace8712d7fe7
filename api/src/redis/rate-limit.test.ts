import assert from 'node:assert/strict'
import { after, before, describe, type TestContext, test } from 'node:test'
import { skip, startRedis, type TestRedis, until } from '@jotc/testing/servers/redis'
import { keptLog } from '@jotc/testing/service/log'
import { detailsOf, ORIGIN, problemOf, system, systemByCode } from '@jotc/testing/service/system'
import type { Config } from '../settings.ts'
import { leasedLimit, limiter } from './rate-limit.ts'
import { connectRedis } from './redis.ts'

type Connection = Awaited<ReturnType<typeof connectRedis>>

test('a limiter in memory allows so many a minute for each key, and says how long to wait', async () => {
  const limit = limiter('login', 2)
  assert.deepEqual(await limit('ana'), { allowed: true, remaining: 1, seconds: 60 })
  assert.deepEqual(await limit('ana'), { allowed: true, remaining: 0, seconds: 60 })
  assert.deepEqual(await limit('ana'), { allowed: false, remaining: 0, seconds: 60 })
  assert.deepEqual(await limit('ben'), { allowed: true, remaining: 1, seconds: 60 })
})

describe('a limiter on Redis', { skip }, () => {
  let redis: TestRedis
  let here: Connection
  let there: Connection
  before(async () => {
    redis = await startRedis()
    here = await connectRedis(redis.url, keptLog(), 3_000)
    there = await connectRedis(redis.url, keptLog(), 3_000)
    await Promise.all([until(here, 'up'), until(there, 'up')])
  })
  after(async () => {
    here.close()
    there.close()
    await redis.stop()
  })

  test('counts for all workers together', async () => {
    const [a, b] = [limiter('shared', 3, here), limiter('shared', 3, there)]
    const remaining = [await a('ana'), await b('ana'), await a('ana')].map((allowance) => allowance.remaining)
    assert.deepEqual(remaining, [2, 1, 0])
    assert.equal((await b('ana')).allowed, false)
    assert.equal((await a('ben')).allowed, true)
  })

  test('counts each limit on its own, and begins again after the minute', async () => {
    const [login, other] = [limiter('again', 1, here), limiter('again other', 1, here)]
    await login('ana')
    assert.equal((await other('ana')).allowed, true)
    const [key = ''] = (await redis.command('KEYS', 'jotc:limit:again:*')) as string[]
    const seconds = Number(await redis.command('TTL', key))
    assert(seconds > 0 && seconds <= 60)
    await redis.command('DEL', key)
    assert.equal((await login('ana')).allowed, true)
  })

  test('leaves no address in Redis', async () => {
    await limiter('hidden', 1, here)('ana@example.org')
    const keys = (await redis.command('KEYS', '*')) as string[]
    assert(keys.some((key) => key.startsWith('jotc:limit:hidden:')))
    assert(!keys.some((key) => key.includes('ana')))
  })

  test('a key over its limit does not reach Redis again', async () => {
    const limit = limiter('flood', 1, here)
    for (let call = 0; call < 10; call += 1) await limit('ana')
    const [key = ''] = (await redis.command('KEYS', 'jotc:limit:flood:*')) as string[]
    assert.equal(await redis.command('GET', key), '2')
  })

  test('a burst of one key lets through exactly the limit', async () => {
    const limits = [limiter('burst', 10, here), limiter('burst', 10, there)]
    const calls = await Promise.all(Array.from({ length: 100 }, (_, call) => limits[call % 2]?.('ana')))
    assert.equal(calls.filter((allowance) => allowance?.allowed).length, 10)
  })

  test('counts in memory while Redis stands still, and over Redis again afterwards', async () => {
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
  const made = await system(t, settings)
  let people = 0
  const signsIn = async (from: string, { forwarded = '', name = `p${++people}` } = {}) => {
    const headers = forwarded === '' ? {} : { 'x-forwarded-for': forwarded }
    const request = { method: 'POST', url: '/login', payload: detailsOf(name), remoteAddress: from, headers } as const
    return (await made.api.inject(request)).statusCode
  }
  return { ...made, signsIn }
}
const times = async (count: number, ask: () => Promise<number>) => {
  const statuses: number[] = []
  for (let n = 0; n < count; n++) statuses.push(await ask())
  return statuses
}

test('a client tries an address so often a minute, and nobody else’s tries count; the page reads when to go on', async (t) => {
  const { api, signsIn } = await service(t, { RATE_LIMIT_LOGIN: 2 })
  assert.deepEqual(await times(3, () => signsIn('192.0.2.1', { name: 'ana' })), [200, 200, 429])
  assert.equal(await signsIn('192.0.2.1', { name: 'ben' }), 200)
  assert.equal(await signsIn('192.0.2.2', { name: 'ana' }), 200)
  const answer = await api.inject({
    method: 'POST',
    url: '/login',
    payload: detailsOf('ana'),
    remoteAddress: '192.0.2.1',
    headers: { origin: ORIGIN },
  })
  problemOf(answer, 429)
  const seconds = Number(answer.headers['retry-after'])
  assert.ok(seconds >= 1 && seconds <= 60)
  assert.match(String(answer.headers['access-control-expose-headers']), /Retry-After/)
  assert.equal(answer.headers['access-control-allow-origin'], ORIGIN)
})

test('a client signs in ten times as often, whoever it says it is; another client is not concerned', async (t) => {
  const { signsIn } = await service(t, { RATE_LIMIT_LOGIN: 1 })
  const statuses = await times(11, () => signsIn('192.0.2.1'))
  assert.deepEqual([statuses.indexOf(429), statuses.length], [10, 11])
  assert.equal(await signsIn('192.0.2.2'), 200)
})

test('forwarded headers count only from a trusted proxy', async (t) => {
  let client = 0
  const forwarded = () => `198.51.100.${++client}`
  const direct = await service(t, { RATE_LIMIT_LOGIN: 1 })
  const untrusted = await times(11, () => direct.signsIn('192.0.2.1', { forwarded: forwarded() }))
  assert.equal(untrusted.at(-1), 429)
  const proxied = await service(t, { RATE_LIMIT_LOGIN: 1, TRUST_PROXY: ['192.0.2.0/24'] })
  const trusted = await times(11, () => proxied.signsIn('192.0.2.1', { forwarded: forwarded() }))
  assert.equal(trusted.at(-1), 200)
})

test('guesses of codes count for the client too', async (t) => {
  const { api } = await systemByCode(t, { RATE_LIMIT_LOGIN: 1 })
  const payload = { challengeId: '019b2c1e-6a3f-7c55-8a52-0f2d4c1b9e77', code: '123456' }
  const guess = async () => (await api.inject({ method: 'POST', url: '/login/code', payload })).statusCode
  assert.deepEqual(new Set(await times(11, guess)), new Set([410, 429]))
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
  const one = await service(t, settings)
  const two = await service(t, settings)
  assert.equal(await one.signsIn('192.0.2.1', { name: 'ana' }), 200)
  assert.equal(await two.signsIn('192.0.2.1', { name: 'ana' }), 429)
  await redis.kill()
  assert.equal(await two.signsIn('192.0.2.1', { name: 'ben' }), 200)
})
