import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { skip, startRedis } from '../../test/redis.ts'
import { detailsOf, ORIGIN, problemOf, system, systemByCode } from '../../test/system.ts'
import { networkOf } from '../http/client-network.ts'
import type { Config } from '../settings.ts'

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

test('an address is tried so often a minute, from wherever; then the page can read when to go on', async (t) => {
  const { api, signsIn } = await service(t, { RATE_LIMIT_LOGIN: 2 })
  let from = 0
  assert.deepEqual(await times(3, () => signsIn(`192.0.2.${++from}`, { name: 'ana' })), [200, 200, 429])
  assert.equal(await signsIn('192.0.2.1', { name: 'ben' }), 200)
  const answer = await api.inject({
    method: 'POST',
    url: '/login',
    payload: detailsOf('ana'),
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

test('a client is an IPv4 address, or the /64 of an IPv6 one', () => {
  assert.equal(networkOf('::ffff:192.0.2.1'), networkOf('192.0.2.1'))
  assert.notEqual(networkOf('192.0.2.1'), networkOf('192.0.2.2'))
  assert.equal(networkOf('2001:db8:1:2::1'), networkOf('2001:db8:1:2:ffff::9'))
  assert.notEqual(networkOf('2001:db8:1:2::1'), networkOf('2001:db8:1:3::1'))
})
