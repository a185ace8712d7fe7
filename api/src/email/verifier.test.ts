import assert from 'node:assert/strict'
import { after, type TestContext, test } from 'node:test'
import { skip, startRedis, type TestRedis, until } from '@jotc/testing/servers/redis'
import { keptLog } from '@jotc/testing/service/log'
import { startEmailable } from '@jotc/testing/stand-ins/emailable'
import fastify from 'fastify'
import { connectRedis } from '../redis/redis.ts'
import { emailable } from './emailable.ts'
import { createVerifier, type Outcome, type Verifier } from './verifier.ts'

const KEY = 'live_5ecret'
const FAST = { firstPauseMs: 1, busyPauseMs: 1 }
const ALONE = { get: async () => undefined, set: async () => {} }

let server: TestRedis | undefined
if (!skip) server = await startRedis()
after(async () => await server?.stop())

/** A stand-in, workers that share an empty Redis where there is one, and the log of all of them, down to `trace`. */
async function verification(t: TestContext) {
  const standIn = await startEmailable()
  t.after(() => standIn.close())
  const lines: string[] = []
  const { log } = fastify({ logger: { level: 'trace', stream: { write: (line: string) => lines.push(line) } } })
  await server?.command('FLUSHALL')
  const redis = server && (await connectRedis(server.url, keptLog(), 3_000))
  t.after(() => redis?.close())
  if (redis) await until(redis, 'up')
  const worker = (client: Parameters<typeof emailable>[2] = FAST) =>
    createVerifier(emailable(standIn.url, KEY, client), redis ?? ALONE, log)
  /** What Redis keeps of verdicts, with the seconds that are left. */
  const stored = async () => {
    const keys = (await server?.command('KEYS', 'jotc:verdict:*')) as string[]
    return await Promise.all(
      keys.map(async (key) => ({
        key,
        value: String(await server?.command('GET', key)),
        seconds: Number(await server?.command('TTL', key)),
      })),
    )
  }
  return { standIn, stored, log, lines, worker }
}

const stateOf = (outcome: Outcome) => (outcome.kind === 'verdict' ? outcome.state : outcome.kind)
const verdictsOf = async (verifier: Verifier, ...emails: string[]) => {
  const states: string[] = []
  for (const email of emails) states.push(stateOf(await verifier.verdictOf(email)))
  return states
}

test('one address in many spellings is one question', async (t) => {
  const { standIn, worker } = await verification(t)
  const states = await verdictsOf(worker(), 'ANA@example.com', 'ana@example.com', ' ana@EXAMPLE.com\n')
  assert.deepEqual(states, ['deliverable', 'deliverable', 'deliverable'])
  assert.equal(standIn.calls.length, 1)
})

test('a thousand people who ask for one address at the same moment make one call', async (t) => {
  const { standIn, worker } = await verification(t)
  const verifier = worker()
  const outcomes = await Promise.all(Array.from({ length: 1_000 }, () => verifier.verdictOf('ana@example.com')))
  assert.deepEqual(new Set(outcomes.map(stateOf)), new Set(['deliverable']))
  assert.equal(standIn.calls.length, 1)
  assert.partialDeepStrictEqual(verifier.counts, { deliverable: 1, shared: 999 })
})

test('two workers that ask at the same moment each make a call; later nobody does', { skip }, async (t) => {
  const { standIn, worker } = await verification(t)
  const workers = [worker(), worker()]
  const outcomes = workers.map((verifier) => verifier.verdictOf('ana.held@example.com'))
  while (standIn.calls.length < 2) await standIn.nextCall()
  standIn.release()
  assert.deepEqual((await Promise.all(outcomes)).map(stateOf), ['deliverable', 'deliverable'])
  for (const verifier of [...workers, worker()]) {
    assert.deepEqual(await verdictsOf(verifier, 'ana.held@example.com'), ['deliverable'])
    assert.equal(verifier.counts.cached, 1)
  }
  assert.equal(standIn.calls.length, 2)
})

test('a cached verdict says the same as the fresh one, in this worker and in others', async (t) => {
  const { worker } = await verification(t)
  const emails = ['risky.acceptall@example.com', 'deliverable.disposable@example.com', 'undeliverable.typo@gmial.com']
  for (const email of emails) {
    const first = worker()
    const fresh = await first.verdictOf(email)
    assert.deepEqual(await first.verdictOf(email), fresh)
    assert.deepEqual(await worker().verdictOf(email), fresh)
  }
})

test('without Redis too a worker asks once for an address', async (t) => {
  const { standIn, log } = await verification(t)
  const verifier = createVerifier(emailable(standIn.url, KEY, FAST), ALONE, log)
  await verdictsOf(verifier, 'ana@example.com', 'ana@example.com')
  assert.equal(standIn.calls.length, 1)
})

test('verdicts are cached 7 days, an unknown one 10 minutes', { skip }, async (t) => {
  const { stored, worker } = await verification(t)
  for (const state of ['ana', 'risky', 'undeliverable', 'unknown']) {
    await server?.command('FLUSHALL')
    await verdictsOf(worker(), `${state}@example.com`)
    const [{ seconds } = { seconds: 0 }] = await stored()
    const lifetime = state === 'unknown' ? 600 : 604_800
    assert.ok(seconds > lifetime - 60 && seconds <= lifetime, `${state}: ${seconds}`)
  }
})

// All that can go wrong with a question: emailable.test.ts.
for (const word of ['status249', 'status402', 'status500', 'html200']) {
  test(`${word} is a failure that is not cached, and the next question is asked`, async (t) => {
    const { standIn, worker } = await verification(t)
    const [first, second] = [worker(), worker()]
    assert.deepEqual(await verdictsOf(first, `${word}@example.com`, 'ana@example.com'), ['failure', 'deliverable'])
    assert.equal(standIn.callsFor('ana@example.com'), 1)
    for (const verifier of [first, second]) {
      const calls = standIn.callsFor(`${word}@example.com`)
      await verdictsOf(verifier, `${word}@example.com`)
      assert.ok(standIn.callsFor(`${word}@example.com`) > calls)
    }
  })
}

test('used-up credits and a bad key are errors of ours in log and counts', async (t) => {
  const { lines, worker } = await verification(t)
  const verifier = worker()
  await verdictsOf(verifier, 'status402@example.com', 'status401@example.com', 'status403@example.com')
  const errors = lines.map((line) => JSON.parse(line)).flatMap(({ level, reason }) => (level === 50 ? [reason] : []))
  assert.deepEqual(errors, ['status 402', 'status 401', 'status 403'])
  assert.equal(verifier.counts.operator, 3)
  assert.equal(verifier.breaker, 'closed')
})

test('an answer that does not come is a failure within 8 s', { timeout: 20_000 }, async (t) => {
  const { standIn, log } = await verification(t)
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const called = standIn.nextCall()
  const outcome = createVerifier(emailable(standIn.url, KEY), ALONE, log).verdictOf('silent@example.com')
  await called
  t.mock.timers.tick(8_000)
  assert.equal(stateOf(await outcome), 'failure')
})

test('while the circuit is open nobody is asked: failures say when to ask again, and cached verdicts are served', async (t) => {
  const { standIn, worker } = await verification(t)
  const verifier = worker()
  await verdictsOf(verifier, 'ana@example.com', 'status500@example.com', 'reset@example.com')
  const calls = standIn.calls.length
  assert.deepEqual(await verifier.verdictOf('ben@example.com'), {
    kind: 'failure',
    reason: 'unavailable',
    message: 'not asked: the circuit is open',
    retryAfterS: 10,
  })
  assert.deepEqual(await verdictsOf(verifier, 'ana@example.com'), ['deliverable'])
  assert.deepEqual([standIn.calls.length, verifier.breaker], [calls, 'open'])
})

test('a Retry-After of Emailable is passed on, in reason', async (t) => {
  const { worker } = await verification(t)
  const verifier = worker()
  for (const [email, seconds] of [
    ['status429.retry30@example.com', 30],
    ['status429.retry9999@example.com', 60],
  ] as const) {
    const outcome = await verifier.verdictOf(email)
    assert.equal(outcome.kind === 'failure' && outcome.retryAfterS, seconds)
  }
})

test('no address stands in Redis, neither the asked one nor the suggested one', { skip }, async (t) => {
  const { stored, worker } = await verification(t)
  await verdictsOf(worker(), 'undeliverable.typo@gmial.com', 'ana.p5@example.com')
  const kept = await stored()
  assert.equal(kept.length, 1)
  assert.doesNotMatch(JSON.stringify(kept), /undeliverable\.typo|gmial|gmail|ana|@/)
})

test('what is no verdict in Redis counts as absent', { skip }, async (t) => {
  const { standIn, stored, worker } = await verification(t)
  await verdictsOf(worker(), 'ana@example.com')
  const [{ key } = { key: '' }] = await stored()
  for (const value of ['', 'null', '{"state":"deliverable"}', '{"kind":"verdict","state":"fine"}']) {
    await server?.command('SET', key, value)
    assert.deepEqual(await verdictsOf(worker(), 'ana@example.com'), ['deliverable'])
  }
  assert.equal(standIn.calls.length, 5)
})

test('without a key nobody is asked, and the log says so once', async (t) => {
  const { standIn, lines, log } = await verification(t)
  const verifier = createVerifier(undefined, ALONE, log)
  const states = await verdictsOf(verifier, 'ana@example.com', 'undeliverable@example.com')
  assert.deepEqual(states, ['unchecked', 'unchecked'])
  assert.equal(standIn.calls.length, 0)
  assert.equal(lines.filter((line) => line.includes('email verification is off')).length, 1)
  assert.deepEqual([verifier.counts.unchecked, verifier.breaker], [2, 'off'])
})

test('what does not have the form of an address is never asked for', async (t) => {
  const { standIn, worker } = await verification(t)
  await assert.rejects(worker().verdictOf('ana.@example.com'), TypeError)
  assert.equal(standIn.calls.length, 0)
})

test('no failure puts the key or an address into the log, at any level', async (t) => {
  const { lines, worker } = await verification(t)
  const words = ['status401', 'status402', 'status429.retry60', 'status500', 'reset', 'torn', 'html502', 'array']
  for (const word of words) await verdictsOf(worker(), `${word}.ana5@example.com`)
  await verdictsOf(worker({ ...FAST, requestTimeoutMs: 20 }), 'silent.ana5@example.com')
  assert.equal(lines.length, words.length + 1)
  assert.doesNotMatch(lines.join(''), /5ecret|authorization|bearer|ana5|example\.com/i)
})
