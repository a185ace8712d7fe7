import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import fastify from 'fastify'
import { startEmailable } from '../../test/emailable.ts'
import { skip, startRedis, TEST_TIMES } from '../../test/redis.ts'
import { memoryStore } from '../redis/memory.ts'
import { openRedisStore } from '../redis/redis.ts'
import { emailable } from './emailable.ts'
import { keptVerdicts, type VerdictStore } from './kept-verdicts.ts'
import type { Outcome } from './verdict.ts'
import { createVerifier, type VERIFIER_TIMING, type Verifier } from './verifier.ts'

const KEY = 'live_5ecret'
const FAST = { firstPause: 1, askAgainAfter: 1 }

type Parts = {
  store?: VerdictStore
  client?: Parameters<typeof emailable>[2]
  verifier?: Partial<typeof VERIFIER_TIMING>
}

/** A stand-in, a store that workers share, and the log of all of them, down to `trace`. */
async function verification(t: TestContext) {
  const standIn = await startEmailable()
  t.after(() => standIn.close())
  const lines: string[] = []
  const { log } = fastify({ logger: { level: 'trace', stream: { write: (line: string) => lines.push(line) } } })
  const memory = memoryStore(log)
  const written: { key: string; value: string; seconds: number }[] = []
  const store: VerdictStore = {
    ...memory,
    set: async (key, value, seconds) => {
      written.push({ key, value, seconds })
      await memory.set(key, value, seconds)
    },
  }
  const worker = (parts: Parts = {}) =>
    createVerifier({
      client: emailable(standIn.url, KEY, parts.client ?? FAST),
      store: parts.store ?? store,
      log,
      timing: { lookEvery: 5, ...parts.verifier },
    })
  const unasked = () => createVerifier({ client: undefined, store, log })
  return { standIn, store, written, log, lines, worker, unasked }
}

const stateOf = (outcome: Outcome) => (outcome.kind === 'verdict' ? outcome.state : outcome.kind)
const verdictsOf = async (verifier: Verifier, ...emails: string[]) => {
  const states: string[] = []
  for (const email of emails) states.push(stateOf(await verifier.verdictOf(email)))
  return states
}

test('C043: one address in many spellings is one question', async (t) => {
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
  assert.deepEqual(
    { deliverable: verifier.counts.deliverable, shared: verifier.counts.shared },
    { deliverable: 1, shared: 999 },
  )
})

test('two workers that share a store make one call', async (t) => {
  const { standIn, worker } = await verification(t)
  const asked = standIn.nextCall()
  const outcomes = [worker(), worker()].map((verifier) => verifier.verdictOf('ana.held@example.com'))
  await asked
  standIn.release()
  assert.deepEqual((await Promise.all(outcomes)).map(stateOf), ['deliverable', 'deliverable'])
  assert.equal(standIn.calls.length, 1)
})

test('two workers that share a Redis make one call, and each finds the verdict there later', { skip }, async (t) => {
  const { standIn, log, worker } = await verification(t)
  const redis = await startRedis()
  const stores = await Promise.all([1, 2].map(() => openRedisStore(redis.url, log, TEST_TIMES)))
  t.after(async () => {
    await Promise.all(stores.map((store) => store.close()))
    await redis.stop()
  })
  const workers = stores.map((store) => worker({ store }))
  const asked = standIn.nextCall()
  const outcomes = workers.map((verifier) => verifier.verdictOf('ana.held@example.com'))
  await asked
  standIn.release()
  assert.deepEqual((await Promise.all(outcomes)).map(stateOf), ['deliverable', 'deliverable'])
  for (const verifier of workers) assert.deepEqual(await verdictsOf(verifier, 'ana.held@example.com'), ['deliverable'])
  assert.equal(standIn.calls.length, 1)
  assert.deepEqual(await redis.command('KEYS', '*turn*'), [])
})

test('a verdict that another worker kept just before our turn is not asked for again', async (t) => {
  const { standIn, store, worker } = await verification(t)
  const [email, other] = ['ana@example.com', worker()]
  const setIfAbsent: VerdictStore['setIfAbsent'] = async (...lock) => {
    await other.verdictOf(email)
    return await store.setIfAbsent(...lock)
  }
  assert.deepEqual(await verdictsOf(worker({ store: { ...store, setIfAbsent } }), email), ['deliverable'])
  assert.equal(standIn.calls.length, 1)
})

test('when the worker whose turn it was gets no verdict, the next one asks', async (t) => {
  const { standIn, worker } = await verification(t)
  const patient = () => worker({ verifier: { waitForOther: 60_000 } })
  const outcomes = [patient(), patient()].map((verifier) => verifier.verdictOf('status418.once@example.com'))
  assert.deepEqual((await Promise.all(outcomes)).map(stateOf).sort(), ['deliverable', 'failure'])
  assert.equal(standIn.calls.length, 2)
})

test('a worker that died in its turn holds up nobody for long', async (t) => {
  const { store, worker } = await verification(t)
  await keptVerdicts(store).takeTurn('ana@example.com')
  assert.deepEqual(await verdictsOf(worker({ verifier: { waitForOther: 20 } }), 'ana@example.com'), ['deliverable'])
})

test('a kept verdict makes no call, in any worker', async (t) => {
  const { standIn, worker } = await verification(t)
  const [first, second] = [worker(), worker()]
  await verdictsOf(first, 'ana@example.com')
  await verdictsOf(first, 'ana@example.com')
  await verdictsOf(second, 'ana@example.com')
  assert.equal(standIn.calls.length, 1)
  assert.deepEqual([first.counts.kept, second.counts.kept], [1, 1])
})

test('C040, C044: a kept verdict says the same as the fresh one', async (t) => {
  const { standIn, worker } = await verification(t)
  const emails = ['risky.acceptall@example.com', 'deliverable.disposable@example.com', 'undeliverable.typo@gmial.com']
  for (const email of emails) {
    const fresh = await worker().verdictOf(email)
    assert.deepEqual(await worker().verdictOf(email), fresh)
  }
  assert.equal(standIn.calls.length, emails.length)
})

test('C034: verdicts are kept 7 days, an unknown one 10 minutes', async (t) => {
  const { written, worker } = await verification(t)
  await verdictsOf(worker(), 'ana@example.com', 'risky@example.com', 'undeliverable@example.com', 'unknown@example.com')
  assert.deepEqual(
    written.map(({ seconds }) => seconds),
    [604_800, 604_800, 604_800, 600],
  )
})

for (const word of ['status249', 'status401', 'status402', 'status403', 'status418', 'status429', 'status500']) {
  test(`C035, C038, C041: ${word} is a failure, and nothing of it is kept`, async (t) => {
    const { written, worker } = await verification(t)
    assert.deepEqual(await verdictsOf(worker(), `${word}@example.com`), ['failure'])
    assert.deepEqual(written, [])
  })
}

for (const word of ['status520', 'html502', 'html200', 'empty', 'array', 'reset', 'torn']) {
  test(`C037, C038: ${word} is a failure, and the next question is asked anew`, async (t) => {
    const { standIn, written, worker } = await verification(t)
    const verifier = worker()
    assert.deepEqual(await verdictsOf(verifier, `${word}@example.com`, 'ana@example.com'), ['failure', 'deliverable'])
    assert.equal(written.length, 1)
    assert.equal(standIn.callsFor('ana@example.com'), 1)
  })
}

test('C041: used-up credits and a bad key are errors of ours in log and counts', async (t) => {
  const { lines, worker } = await verification(t)
  const verifier = worker()
  await verdictsOf(verifier, 'status402@example.com', 'status401@example.com', 'status403@example.com')
  const errors = lines.map((line) => JSON.parse(line)).filter(({ level }) => level === 50)
  assert.deepEqual(
    errors.map(({ fault }) => fault),
    ['status 402', 'status 401', 'status 403'],
  )
  assert.equal(verifier.counts.operator, 3)
  assert.equal(verifier.breaker, 'closed')
})

for (const word of ['slow60', 'silent', 'stall']) {
  test(`C037: ${word} is answered within 8 s as a failure`, { timeout: 20_000 }, async (t) => {
    const { standIn, written, worker } = await verification(t)
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const called = standIn.nextCall()
    const outcome = worker({ client: {} }).verdictOf(`${word}@example.com`)
    await called
    t.mock.timers.tick(8_000)
    assert.equal(stateOf(await outcome), 'failure')
    assert.deepEqual(written, [])
  })
}

test('while the circuit is open, failures come without a call and say when to ask again', async (t) => {
  const { standIn, worker } = await verification(t)
  const verifier = worker()
  await verdictsOf(verifier, 'status500@example.com', 'reset@example.com')
  const calls = standIn.calls.length
  const outcome = await verifier.verdictOf('ana@example.com')
  assert.deepEqual(outcome, {
    kind: 'failure',
    reason: 'unavailable',
    fault: 'not asked: the circuit is open',
    retryAfter: 10,
  })
  assert.deepEqual([standIn.calls.length, verifier.breaker], [calls, 'open'])
})

test('a kept verdict is served while the circuit is open', async (t) => {
  const { worker } = await verification(t)
  const verifier = worker()
  const states = await verdictsOf(
    verifier,
    'ana@example.com',
    'status500@example.com',
    'reset@example.com',
    'ana@example.com',
  )
  assert.deepEqual(states, ['deliverable', 'failure', 'failure', 'deliverable'])
})

test('a Retry-After of Emailable is passed on, in reason', async (t) => {
  const { worker } = await verification(t)
  const verifier = worker()
  for (const [email, seconds] of [
    ['status429.retry30@example.com', 30],
    ['status429.retry9999@example.com', 60],
  ] as const) {
    const outcome = await verifier.verdictOf(email)
    assert.equal(outcome.kind === 'failure' && outcome.retryAfter, seconds)
  }
})

test('no address stands in the store, neither the asked one nor the suggested one', async (t) => {
  const { written, worker } = await verification(t)
  await verdictsOf(worker(), 'undeliverable.typo@gmial.com')
  assert.equal(written.length, 1)
  assert.doesNotMatch(JSON.stringify(written), /undeliverable\.typo|gmial|@/)
})

test('what is no verdict in the store counts as absent', async (t) => {
  const { standIn, store, written, worker } = await verification(t)
  await verdictsOf(worker(), 'ana@example.com')
  for (const value of [
    '',
    'null',
    '{"state":"deliverable"}',
    '{"state":"fine","disposable":false,"acceptAll":false}',
  ]) {
    await store.set(String(written[0]?.key), value, 60)
    assert.deepEqual(await verdictsOf(worker(), 'ana@example.com'), ['deliverable'])
  }
  assert.equal(standIn.calls.length, 5)
})

test('without a key nobody is asked, and the log says so once', async (t) => {
  const { standIn, lines, unasked } = await verification(t)
  const verifier = unasked()
  assert.deepEqual(await verdictsOf(verifier, 'ana@example.com', 'undeliverable@example.com'), [
    'unchecked',
    'unchecked',
  ])
  assert.equal(standIn.calls.length, 0)
  assert.equal(lines.filter((line) => line.includes('email verification is off')).length, 1)
  assert.deepEqual([verifier.counts.unchecked, verifier.breaker], [2, 'off'])
})

test('what has not the form of an address is never asked for', async (t) => {
  const { standIn, worker } = await verification(t)
  await assert.rejects(worker().verdictOf('ana.@example.com'), TypeError)
  assert.equal(standIn.calls.length, 0)
})

test('C046: no failure puts the key or an address into the log, at any level', async (t) => {
  const { lines, worker } = await verification(t)
  for (const word of [
    'status401',
    'status402',
    'status429.retry60',
    'status500',
    'reset',
    'torn',
    'html502',
    'array',
  ]) {
    await verdictsOf(worker(), `${word}.ana5@example.com`)
  }
  await verdictsOf(worker({ client: { ...FAST, tryWithin: 20 } }), 'silent.ana5@example.com')
  assert.equal(lines.length, 9)
  assert.doesNotMatch(lines.join(''), /5ecret|authorization|bearer|ana5|example\.com/i)
})
