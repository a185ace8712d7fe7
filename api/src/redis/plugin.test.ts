import assert from 'node:assert/strict'
import { test } from 'node:test'
import fastify from 'fastify'
import { skip, startRedis } from '../../test/redis.ts'
import { metrics } from '../observe/metrics.ts'
import { store } from './plugin.ts'

test('without REDIS_URL the API has a store and limits of its own, and says so in one line', async () => {
  const lines: string[] = []
  const api = fastify({ logger: { level: 'info', stream: { write: (line: string) => lines.push(line) } } })
  await api.register(metrics, { workers: undefined })
  await api.register(store, { redisUrl: undefined })
  await api.store.set('verdict', 'kept', 60)
  assert.equal(await api.store.get('verdict'), 'kept')
  assert.equal((await api.limiter('login', 1)('ana')).allowed, true)
  assert.equal(lines.filter((line) => line.includes('no REDIS_URL')).length, 1)
  await api.close()
})

test('with REDIS_URL the API shares its store, and closes the connection when it closes', { skip }, async () => {
  const redis = await startRedis()
  const api = fastify()
  await api.register(metrics, { workers: undefined })
  await api.register(store, { redisUrl: redis.url })
  await api.store.set('verdict', 'shared', 60)
  assert.equal(await redis.command('GET', 'jotc:verdict'), 'shared')
  await api.close()
  const clients = String(await redis.command('CLIENT', 'LIST'))
  assert.doesNotMatch(clients, /name=jotc-api/)
  await redis.stop()
})
