import assert from 'node:assert/strict'
import { afterEach, describe, test } from 'node:test'
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises'
import { keptLog, skip, startRedis, TEST_TIMES, until } from '../../test/redis.ts'
import { fallingBack } from './fallback.ts'
import { limiter } from './limiter.ts'
import { memoryStore } from './memory.ts'
import { openRedisStore } from './redis.ts'
import { StoreGone } from './store.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

/** A Redis and two workers' stores on it, whose pauses are short so that outages can be. */
async function workers(options: Parameters<typeof startRedis>[0] = {}) {
  const redis = await startRedis(options)
  ends.push(redis.stop)
  const log = keptLog()
  const shared = await openRedisStore(redis.url, log, TEST_TIMES)
  const store = fallingBack(shared, memoryStore(log))
  const other = await openRedisStore(redis.url, keptLog(), TEST_TIMES)
  ends.push(store.close, other.close)
  return { redis, shared, store, other, log }
}

describe('a store on Redis', { skip }, () => {
  test('C119: a Redis that became a replica is gone until it takes writes again', async () => {
    const { redis, shared, store } = await workers()
    await redis.command('REPLICAOF', '127.0.0.1', '1')
    await assert.rejects(shared.set('verdict', 'on a replica', 60), StoreGone)
    await until(store, 'gone')
    await store.set('verdict', 'in memory', 60)
    assert.equal(await store.get('verdict'), 'in memory')

    await redis.command('REPLICAOF', 'NO', 'ONE')
    await until(store, 'up')
    await store.set('verdict', 'written again', 60)
    assert.equal(await redis.command('GET', 'jotc:verdict'), 'written again')
  })

  test('C119: a replica is noticed without anybody writing', async () => {
    const { redis, store } = await workers()
    const gone = until(store, 'gone')
    await redis.command('REPLICAOF', '127.0.0.1', '1')
    await gone
    assert.equal(store.state, 'gone')
  })

  test('C121: with Redis down every call is refused at once, and answered by the memory behind', async () => {
    const { redis, shared, store } = await workers()
    await redis.kill()
    await until(store, 'gone')
    const refused = shared.get('verdict').catch((error) => error)
    assert(((await Promise.race([refused, turn('still waiting')])) as unknown) instanceof StoreGone)
    assert.equal(await store.setIfAbsent('lock', 'mine', 60), true)
    assert.equal(await store.setIfAbsent('lock', 'theirs', 60), false)
  })

  test('C122: without Redis the store starts, and goes on trying until Redis is there', async () => {
    const { redis, store, log } = await workers({ running: false })
    assert.equal(store.state, 'gone')
    await store.set('verdict', 'in memory', 60)
    // At pauses of 100 ms at most this is more tries than any limit of a single command allows (20).
    await wait(2_500)
    await redis.restart()
    await until(store, 'up')
    await store.set('verdict', 'shared', 60)
    assert.equal(await redis.command('GET', 'jotc:verdict'), 'shared')
    assert.deepEqual(
      log.lines.map((line) => line.slice(0, 16)),
      ['Redis is gone: t', 'Redis is reached'],
    )
  })

  test('C124: a Redis that stands still is gone after one deadline, and back when it goes on', async () => {
    const { redis, store, log } = await workers()
    await store.set('verdict', 'shared', 60)
    redis.pause()
    const answer = await Promise.race([store.get('verdict'), wait(2_000, 'still waiting', { ref: false })])
    assert.equal(answer, undefined)
    assert.equal(store.state, 'gone')

    redis.resume()
    await until(store, 'up')
    assert.equal(await store.get('verdict'), 'shared')
    assert.equal(log.lines.length, 3)
  })

  test('C124: a Redis that stands still is noticed without anybody asking', async () => {
    const { redis, store } = await workers()
    const gone = until(store, 'gone')
    redis.pause()
    await gone
    redis.resume()
    await until(store, 'up')
  })

  test('C124: the store starts beside a Redis that takes connections and never answers', async () => {
    const redis = await startRedis()
    ends.push(redis.stop)
    redis.pause()
    const store = await openRedisStore(redis.url, keptLog(), { ...TEST_TIMES, connectWithin: 200 })
    ends.push(store.close)
    assert.equal(store.state, 'gone')
    redis.resume()
    await until(store, 'up')
  })

  test('C125: subscribers hear other workers again after an outage of many tries, and limits are shared', async () => {
    const { redis, shared, store, other } = await workers()
    const heard: string[] = []
    await store.subscribe('feed', (message) => heard.push(message))
    await redis.kill()
    await until(store, 'gone')
    const late = Promise.withResolvers<string>()
    await store.subscribe('late', late.resolve)
    await wait(1_500)
    await store.publish('feed', 'heard in this worker alone')

    await redis.restart()
    await Promise.all([until(store, 'up'), until(other, 'up')])
    await other.publish('feed', 'from another worker')
    await other.publish('late', 'subscribed during the outage')
    assert.equal(await late.promise, 'subscribed during the outage')
    assert.deepEqual(heard, ['heard in this worker alone', 'from another worker'])

    const [here, there] = [limiter('test', 2, shared.scripts), limiter('test', 2, other.scripts)]
    assert.deepEqual(
      [await here('ana'), await there('ana'), await here('ana')].map(({ allowed }) => allowed),
      [true, true, false],
    )
  })

  test('C127: nothing written during an outage reaches Redis or is served after it', async () => {
    const { redis, shared, store } = await workers()
    await redis.kill()
    await until(store, 'gone')
    await store.set('verdict', 'old', 60)
    await assert.rejects(shared.set('verdict', 'old', 60), StoreGone)
    assert.equal(await store.get('verdict'), 'old')

    await redis.restart()
    await until(store, 'up')
    assert.equal(await store.get('verdict'), undefined)
    assert.deepEqual(await redis.command('KEYS', 'jotc:[^h]*'), [])

    await redis.kill()
    await until(store, 'gone')
    assert.equal(await store.get('verdict'), undefined)
  })

  test('C127: what was sent to a Redis that stood still is not written when it goes on', async () => {
    const { redis, shared, other } = await workers()
    await other.set('verdict', 'new', 60)
    redis.pause()
    await Promise.all([
      assert.rejects(shared.set('verdict', 'old', 604_800), StoreGone),
      assert.rejects(shared.setIfAbsent('lock', 'mine', 604_800), StoreGone),
      assert.rejects(shared.delete('verdict'), StoreGone),
    ])
    await wait(3 * TEST_TIMES.deadline)
    redis.resume()
    await Promise.all([until(shared, 'up'), until(other, 'up')])
    assert.equal(await other.get('verdict'), 'new')
    assert.equal(await other.get('lock'), undefined)
  })

  test('an emptied Redis is an empty store', async () => {
    const { redis, store } = await workers()
    await store.set('verdict', 'shared', 60)
    await redis.command('FLUSHALL')
    assert.equal(await store.get('verdict'), undefined)
    assert.equal(await store.setIfAbsent('verdict', 'again', 60), true)
    assert.equal(store.state, 'up')
  })

  test('a command that Redis refuses for itself alone leaves the store up', async () => {
    const { redis, shared, store } = await workers()
    await redis.command('LPUSH', 'jotc:verdict', 'a list')
    await assert.rejects(shared.get('verdict'), StoreGone)
    await shared.set('another', 'shared', 60)
    assert.equal(store.state, 'up')
    assert.equal(await shared.get('another'), 'shared')
  })

  test('a worker whose event loop stood still does not blame Redis', async () => {
    const { shared, log } = await workers()
    await shared.set('verdict', 'shared', 60)
    const asked = shared.get('verdict')
    await turn()
    const begin = performance.now()
    while (performance.now() < begin + 3 * TEST_TIMES.deadline);
    assert.equal(await asked, 'shared')
    assert.equal(log.lines.length, 1)
  })

  test('a watcher that fails is logged, and Redis is reached again all the same', async () => {
    const { redis, store, log } = await workers()
    store.onChange((state) => {
      throw new Error(`failed on ${state}`)
    })
    await redis.kill()
    await until(store, 'gone')
    await redis.restart()
    await until(store, 'up')
    assert.deepEqual(
      ['failed on gone', 'failed on up'].map((words) => log.lines.some((line) => line.includes(words))),
      [true, true],
    )
  })

  test('one line in the log for each change, however many tries an outage takes', async () => {
    const { redis, store, log } = await workers()
    for (let outage = 0; outage < 2; outage += 1) {
      await redis.kill()
      await until(store, 'gone')
      await wait(500)
      await redis.restart()
      await until(store, 'up')
    }
    assert.deepEqual(
      log.lines.map((line) => line.slice(0, 13)),
      ['Redis is reac', 'Redis is gone', 'Redis is reac', 'Redis is gone', 'Redis is reac'],
    )
  })

  test('a password with any characters is used, and stands in no log line and no error', async () => {
    const password = 'p@ss:w/rd%#?'
    const { redis, store, log } = await workers({ password })
    await store.set('verdict', 'shared', 60)
    assert.equal(await redis.command('GET', 'jotc:verdict'), 'shared')

    const wrong = redis.url.replace(/:[^:]*@/, ':tr%40itor@')
    const refused = await openRedisStore(wrong, log, TEST_TIMES)
    ends.push(refused.close)
    const error = await refused.get('verdict').catch((reason) => reason)
    assert.equal(refused.state, 'gone')
    assert.match(log.lines.join('\n'), /WRONGPASS/)
    assert.doesNotMatch(`${log.lines.join('\n')} ${String(error.stack)}`, /p@ss|p%40ss|tr@itor|tr%40itor/)
  })

  test('closing refuses what is asked afterwards and says nothing of Redis being gone', async () => {
    const { shared, log } = await workers()
    await shared.close()
    await assert.rejects(shared.get('verdict'), StoreGone)
    assert.equal(shared.state, 'gone')
    assert.equal(log.lines.length, 1)
  })
})

for (const url of ['redis//secret@host', 'http://u:secret@host', 'redis://u:secret%@host', 'redis://:secret@host/x']) {
  test(`${url.replace('secret', '…')} is refused in words that do not repeat it`, async () => {
    const refused = openRedisStore(url, keptLog(), TEST_TIMES)
    await assert.rejects(refused, (error: Error) => {
      assert.match(error.message, /^REDIS_URL is not of the form/)
      assert.doesNotMatch(String(error.stack), /secret/)
      return true
    })
  })
}
