import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { keptLog, skip, startRedis, TEST_TIMES, type TestRedis, until } from '../../test/redis.ts'
import { limiter } from './limiter.ts'
import { openRedisStore, type RedisStore } from './redis.ts'

test('a limiter in memory allows so many a minute for each key, and says how long to wait', async () => {
  const limit = limiter('login', 2)
  assert.deepEqual(await limit('ana'), { allowed: true, remaining: 1, seconds: 60 })
  assert.deepEqual(await limit('ana'), { allowed: true, remaining: 0, seconds: 60 })
  assert.deepEqual(await limit('ana'), { allowed: false, remaining: 0, seconds: 60 })
  assert.deepEqual(await limit('ben'), { allowed: true, remaining: 1, seconds: 60 })
})

describe('a limiter on Redis', { skip }, () => {
  let redis: TestRedis
  let here: RedisStore
  let there: RedisStore
  before(async () => {
    redis = await startRedis()
    here = await openRedisStore(redis.url, keptLog(), TEST_TIMES)
    there = await openRedisStore(redis.url, keptLog(), TEST_TIMES)
  })
  after(async () => {
    await here.close()
    await there.close()
    await redis.stop()
  })

  test('counts for all workers together', async () => {
    const [a, b] = [limiter('shared', 3, here.scripts), limiter('shared', 3, there.scripts)]
    const remaining = [await a('ana'), await b('ana'), await a('ana')].map((allowance) => allowance.remaining)
    assert.deepEqual(remaining, [2, 1, 0])
    assert.equal((await b('ana')).allowed, false)
    assert.equal((await a('ben')).allowed, true)
  })

  test('counts each limit on its own, and begins anew after the minute', async () => {
    const [login, other] = [limiter('anew', 1, here.scripts), limiter('anew other', 1, here.scripts)]
    await login('ana')
    assert.equal((await other('ana')).allowed, true)
    const [key = ''] = (await redis.command('KEYS', 'jotc:limit:anew:*')) as string[]
    const seconds = Number(await redis.command('TTL', key))
    assert(seconds > 0 && seconds <= 60)
    await redis.command('DEL', key)
    assert.equal((await login('ana')).allowed, true)
  })

  test('leaves no address in Redis', async () => {
    await limiter('hidden', 1, here.scripts)('ana@example.org')
    const keys = (await redis.command('KEYS', '*')) as string[]
    assert(keys.some((key) => key.startsWith('jotc:limit:hidden:')))
    assert(!keys.some((key) => key.includes('ana')))
  })

  test('a key over its limit does not reach Redis again', async () => {
    const limit = limiter('flood', 1, here.scripts)
    for (let call = 0; call < 10; call += 1) await limit('ana')
    const [key = ''] = (await redis.command('KEYS', 'jotc:limit:flood:*')) as string[]
    assert.equal(await redis.command('GET', key), '2')
  })

  test('a burst of one key lets through exactly the limit', async () => {
    const limits = [limiter('burst', 10, here.scripts), limiter('burst', 10, there.scripts)]
    const calls = await Promise.all(Array.from({ length: 100 }, (_, call) => limits[call % 2]?.('ana')))
    assert.equal(calls.filter((allowance) => allowance?.allowed).length, 10)
  })

  test('C124: counts in memory while Redis stands still, and over Redis again afterwards', async () => {
    const limit = limiter('paused', 2, here.scripts)
    await limit('ana')
    redis.pause()
    const allowed = [await limit('ana'), await limit('ana'), await limit('ana')].map((allowance) => allowance.allowed)
    assert.deepEqual(allowed, [true, true, false])
    redis.resume()
    await Promise.all([until(here, 'up'), until(there, 'up')])
    assert.equal((await limiter('paused', 2, there.scripts)('ben')).remaining, 1)
  })
})
