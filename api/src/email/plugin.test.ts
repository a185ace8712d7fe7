import assert from 'node:assert/strict'
import { test } from 'node:test'
import fastify from 'fastify'
import { startEmailable } from '../../test/emailable.ts'
import { metrics } from '../observe/metrics.ts'
import { store } from '../redis/plugin.ts'
import { verifier } from './plugin.ts'

async function service(url: string, key: string | undefined) {
  const api = fastify()
  await api.register(metrics, { workers: undefined })
  await api.register(store, { redisUrl: undefined })
  await api.register(verifier, { url, key, store: api.store })
  return api
}

test('with a key the API asks Emailable, whether its URL ends with a slash or not', async () => {
  const standIn = await startEmailable()
  for (const url of [standIn.url, `${standIn.url}/`]) {
    const api = await service(url, 'test_key')
    const outcome = await api.verifier.verdictOf('undeliverable@example.com')
    assert.equal(outcome.kind === 'verdict' && outcome.state, 'undeliverable')
    await api.close()
  }
  await standIn.close()
})

test('without a key the API asks nobody', async () => {
  const api = await service('https://api.example.com', undefined)
  assert.deepEqual(await api.verifier.verdictOf('undeliverable@example.com'), { kind: 'unchecked' })
  await api.close()
})
