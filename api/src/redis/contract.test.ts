import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { keptLog, skip, startRedis, TEST_TIMES, type TestRedis } from '../../test/redis.ts'
import { fallingBack } from './fallback.ts'
import { memoryStore } from './memory.ts'
import { openRedisStore } from './redis.ts'
import type { Store } from './store.ts'

const log = keptLog()
let redis: TestRedis
before(async () => {
  if (!skip) redis = await startRedis()
})
after(async () => await redis?.stop())

contract('in memory', false, async () => memoryStore(log))
contract('on Redis', skip, async () => await openRedisStore(redis.url, log, TEST_TIMES))
contract('on Redis with memory behind it', skip, async () =>
  fallingBack(await openRedisStore(redis.url, log, TEST_TIMES), memoryStore(log)),
)

/** What every store does. Each test has keys of its own, for the stores on Redis share one. */
function contract(where: string, skip: string | false, open: () => Promise<Store>): void {
  describe(`a store ${where}`, { skip }, () => {
    let store: Store
    let key: string
    let tests = 0
    const next = () => {
      tests += 1
      key = `${where} ${tests}`
    }
    before(async () => {
      store = await open()
    })
    after(async () => await store.close())

    test('gives back the text that was set, whatever its script', async () => {
      next()
      await store.set(key, 'é→İ 😀\n\0', 60)
      assert.equal(await store.get(key), 'é→İ 😀\n\0')
    })

    test('tells an empty text from none', async () => {
      next()
      await store.set(key, '', 60)
      assert.equal(await store.get(key), '')
      assert.equal(await store.get(`${key} other`), undefined)
    })

    test('keeps the text that was set last', async () => {
      next()
      await store.set(key, 'first', 60)
      await store.set(key, 'second', 60)
      assert.equal(await store.get(key), 'second')
    })

    test('keeps nothing longer than it was told', async () => {
      next()
      await store.set(key, 'short', 0.02)
      await wait(40)
      assert.equal(await store.get(key), undefined)
      assert.equal(await store.setIfAbsent(key, 'again', 60), true)
    })

    test('gives one of many callers the lock, and the others none until it is let go', async () => {
      next()
      const callers = Array.from({ length: 20 }, async (_, caller) => await store.setIfAbsent(key, String(caller), 60))
      assert.equal((await Promise.all(callers)).filter(Boolean).length, 1)
      await store.delete(key)
      assert.equal(await store.setIfAbsent(key, 'next', 60), true)
    })

    test('lets go of a lock for its holder alone', async () => {
      next()
      await store.setIfAbsent(key, 'mine', 60)
      await store.delete(key, 'theirs')
      assert.equal(await store.get(key), 'mine')
      await store.delete(key, 'mine')
      assert.equal(await store.get(key), undefined)
    })

    test('tells every subscriber of a channel, and no other', async () => {
      next()
      const heard: string[] = []
      await store.subscribe(key, (message) => heard.push(`a ${message}`))
      await store.subscribe(key, (message) => heard.push(`b ${message}`))
      await store.subscribe(`${key} other`, (message) => heard.push(`other ${message}`))
      const { said } = await lastOn(store, key)
      await store.publish(key, 'é→İ')
      await said
      assert.deepEqual(heard, ['a é→İ', 'b é→İ'])
    })

    test('tells a subscriber no more once it left, and once only when it came back', async () => {
      next()
      const heard: string[] = []
      const leave = await store.subscribe(key, (message) => heard.push(message))
      leave()
      const first = await lastOn(store, key)
      await store.publish(key, 'while away')
      await first.said
      first.leave()
      await store.subscribe(key, (message) => heard.push(message))
      const second = await lastOn(store, key)
      await store.publish(key, 'when back')
      await second.said
      assert.deepEqual(heard, ['when back'])
    })

    test('goes on telling when a subscriber fails, and logs its error', async () => {
      next()
      await store.subscribe(key, () => {
        throw new Error(`failed on ${key}`)
      })
      const { said } = await lastOn(store, key)
      await store.publish(key, 'hear')
      assert.equal(await said, 'hear')
      assert(log.lines.some((line) => line.includes(`failed on ${key}`)))
      assert.equal(store.state, 'up')
    })

    test('refuses what is out of bounds', async () => {
      next()
      const long = 'x'.repeat(65_537)
      await assert.rejects(store.get(''), RangeError)
      await assert.rejects(store.get('k'.repeat(257)), RangeError)
      await assert.rejects(store.delete(''), RangeError)
      await assert.rejects(store.publish(key, long), RangeError)
      await assert.rejects(
        store.subscribe('', () => {}),
        RangeError,
      )
      for (const call of [store.set, store.setIfAbsent]) {
        await assert.rejects(call(key, long, 60), RangeError)
        for (const seconds of [0, -1, Number.NaN, 32 * 86_400]) {
          await assert.rejects(call(key, 'short', seconds), RangeError)
        }
      }
      assert.equal(await store.get(key), undefined)
    })

    test('has room for the longest key and value', async () => {
      next()
      const longKey = key.padEnd(256, 'k')
      await store.set(longKey, '→'.repeat(65_536), 60)
      assert.equal(await store.get(longKey), '→'.repeat(65_536))
    })
  })
}

/** The next message on a channel, by a subscriber that came last and so hears it last. */
async function lastOn(store: Store, channel: string) {
  const { promise: said, resolve } = Promise.withResolvers<string>()
  const leave = await store.subscribe(channel, resolve)
  return { said, leave }
}

test('a store in memory drops what was not used for longest when it is full', async () => {
  const store = memoryStore(log)
  for (let number = 0; number < 50_001; number += 1) await store.set(String(number), '', 60)
  assert.equal(await store.get('0'), undefined)
  assert.equal(await store.get('50000'), '')
})
