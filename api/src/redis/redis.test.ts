import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { skip, startRedis, until } from '@jotc/testing/servers/redis'
import { keptLog } from '@jotc/testing/service/log'
import fastify from 'fastify'
import { metrics } from '../observe/metrics.ts'
import { connectRedis, redis as redisPlugin } from './redis.ts'

/** For tests that are not about the timeout itself, on a machine that is busy. */
const PATIENT_MS = 3_000
const STALL_MS = 1_500

/** A Redis server, and a worker's connection to it, which is up if the server is running. */
async function connected(t: TestContext, options: Parameters<typeof startRedis>[0] = {}) {
  const server = await startRedis(options)
  t.after(() => server.stop())
  const log = keptLog()
  const redis = await connectRedis(server.url, log, PATIENT_MS)
  t.after(() => redis.close())
  if (options.running !== false) {
    await until(redis, 'up')
    log.lines.length = 0
  }
  /** The first words of each line of the log since then. */
  const said = () => log.lines.map((line) => line.slice(0, line.indexOf(' Redis')))
  return { server, redis, log, said }
}

describe('Redis', { skip, concurrency: 4 }, () => {
  test('gives back the text that was set, whatever its script, and nothing for an unknown key', async (t) => {
    const { redis, server } = await connected(t)
    await redis.set('verdict', 'é→İ 😀\n\0', 60)
    assert.equal(await redis.get('verdict'), 'é→İ 😀\n\0')
    assert.equal(await redis.get('other'), undefined)
    const seconds = Number(await server.command('TTL', 'jotc:verdict'))
    assert.ok(seconds > 0 && seconds <= 60)
  })

  test('down: commands fail at once, without an error to the caller; back: they work again', async (t) => {
    const { server, redis, said } = await connected(t)
    await server.kill()
    await until(redis, 'gone')
    await redis.set('verdict', 'lost', 60)
    const read = redis.get('verdict')
    assert.equal(await Promise.race([read, turn('still waiting')]), undefined)
    await assert.rejects(redis.eval('return 1', { keys: [], arguments: [] }))

    await server.restart()
    await until(redis, 'up')
    assert.equal(await redis.get('verdict'), undefined)
    await redis.set('verdict', 'shared', 60)
    assert.equal(await redis.get('verdict'), 'shared')
    assert.deepEqual(said(), ['lost', 'connected to'])
  })

  test('not there at the start: the service starts, and connects later', async (t) => {
    const { server, redis, said } = await connected(t, { running: false })
    assert.equal(redis.state, 'gone')
    await server.restart()
    await until(redis, 'up')
    assert.deepEqual(said(), ['lost', 'connected to'])
  })

  test('paused: a command ends within its timeout, and the connection serves again afterwards; it is noticed although nobody asks', async (t) => {
    const { server, redis, said } = await connected(t)
    await redis.set('verdict', 'shared', 60)
    server.pause()
    assert.equal(await redis.get('verdict'), undefined)
    assert.equal(redis.state, 'gone')
    server.resume()
    await until(redis, 'up')
    assert.equal(await redis.get('verdict'), 'shared')
    assert.deepEqual(said(), ['lost', 'connected to'])
    // Also although nobody asks.
    server.pause()
    await until(redis, 'gone')
  })

  test('paused at the start: the service starts, and connects later', async (t) => {
    const server = await startRedis()
    t.after(() => server.stop())
    server.pause()
    const redis = await connectRedis(server.url, keptLog())
    t.after(() => redis.close())
    assert.equal(redis.state, 'gone')
    server.resume()
    await until(redis, 'up')
  })

  test('read-only, as after a failover: it is noticed although nobody writes, until it takes writes again; its connection is replaced, since its name may lead to another server by now', async (t) => {
    const { server, redis, said } = await connected(t)
    const idOfClient = async () =>
      /id=(\d+).*name=jotc-api/.exec(String(await server.command('CLIENT', 'LIST', 'TYPE', 'NORMAL')))?.[1]
    const first = await idOfClient()
    await server.command('REPLICAOF', '127.0.0.1', '1')
    await until(redis, 'gone')
    while ([first, undefined].includes(await idOfClient()));
    await redis.set('verdict', 'on a replica', 60)
    await server.command('REPLICAOF', 'NO', 'ONE')
    await until(redis, 'up')
    await redis.set('verdict', 'written', 60)
    assert.equal(await redis.get('verdict'), 'written')
    assert.deepEqual(said(), ['lost', 'connected to'])
  })

  test('a command that Redis refuses for itself alone does not stop the others', async (t) => {
    const { server, redis, said } = await connected(t)
    await server.command('LPUSH', 'jotc:verdict', 'a list')
    assert.equal(await redis.get('verdict'), undefined)
    await redis.set('another', 'shared', 60)
    assert.equal(await redis.get('another'), 'shared')
    assert.deepEqual(said(), [])
  })

  test('a password with any characters is used, and stands in no log line', async (t) => {
    const { server, redis, log } = await connected(t, { password: 'p@ss:w/rd%#?' })
    await redis.set('verdict', 'shared', 60)
    assert.equal(await redis.get('verdict'), 'shared')

    const wrong = await connectRedis(server.url.replace(/:[^:]*@/, ':tr%40itor@'), log)
    t.after(() => wrong.close())
    assert.equal(wrong.state, 'gone')
    assert.match(log.lines.join('\n'), /WRONGPASS/)
    assert.doesNotMatch(log.lines.join('\n'), /p@ss|p%40ss|tr@itor|tr%40itor/)
  })

  test('closing ends the connection, and says nothing of Redis being lost', async (t) => {
    const { server, redis, said } = await connected(t)
    redis.close()
    assert.equal(redis.state, 'gone')
    while (/name=jotc-api/.test(String(await server.command('CLIENT', 'LIST'))));
    assert.deepEqual(said(), [])
  })
})

test('a worker whose event loop stood still does not blame Redis', { skip }, async (t) => {
  const server = await startRedis()
  t.after(() => server.stop())
  const redis = await connectRedis(server.url, keptLog(), STALL_MS / 1.5)
  t.after(() => redis.close())
  await redis.set('verdict', 'shared', 60)
  const asked = redis.get('verdict')
  await turn()
  const begun = performance.now()
  while (performance.now() < begun + STALL_MS);
  assert.equal(await asked, 'shared')
})

test('without REDIS_URL the service keeps to itself, is not degraded, and says so in one line', async () => {
  const lines: string[] = []
  const api = fastify({ logger: { level: 'info', stream: { write: (line: string) => lines.push(line) } } })
  await api.register(metrics, { workers: undefined })
  await api.register(redisPlugin, { url: undefined })
  assert.equal(api.redis.state, 'off')
  assert.match(await api.metrics.text(), /jotc_store_up\{worker="0"\} 1/)
  assert.equal(lines.filter((line) => line.includes('REDIS_URL is not set')).length, 1)
  await api.close()
})
