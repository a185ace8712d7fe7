import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { startEmailable } from '@jotc/testing/stand-ins/emailable'
import { BrokenCircuitError } from 'cockatiel'
import { EmailableError, emailable, statusError } from './emailable.ts'

const KEY = 'live_5ecret'
const MOST_TRIES = 4

async function asking(t: TestContext, timing: Parameters<typeof emailable>[2] = {}) {
  const standIn = await startEmailable()
  t.after(() => standIn.close())
  // A slash at the end of the URL makes no difference: verification.test.ts has none.
  const client = emailable(`${standIn.url}/`, KEY, { firstPauseMs: 1, busyPauseMs: 1, ...timing })
  const ask = (email: string) => client.ask(email, AbortSignal.timeout(20_000))
  const errorOf = (email: string) =>
    ask(email).then(
      () => assert.fail(`${email} got a verdict`),
      (error) => error as EmailableError,
    )
  return { standIn, client, ask, errorOf }
}

test('the address arrives whole, as one value beside our own parameters, and the key in a header alone', async (t) => {
  const { standIn, ask } = await asking(t)
  const emails = ['ana+x@example.com', 'a&api_key=z@example.com', 'x#y@example.com', "o'neil=?%2b/@example.com"]
  for (const email of emails) await ask(email)
  for (const [index, { email, authorization, query }] of standIn.calls.entries()) {
    assert.deepEqual([email, authorization], [emails[index], `Bearer ${KEY}`])
    assert.deepEqual([...new URLSearchParams(query).keys()], ['email', 'timeout'])
    assert(!query.includes(KEY))
  }
})

test('a key that no header can carry is refused at once, without showing it', () => {
  assert.throws(
    () => emailable('https://api.example.com', `${KEY}\n`),
    (error: Error) => /EMAILABLE_API_KEY/.test(error.message) && !error.message.includes(KEY),
  )
})

test('each state is told apart, with what hides inside it', async (t) => {
  const { ask } = await asking(t)
  const plain = { kind: 'verdict', disposable: false, acceptAll: false }
  assert.deepEqual(await ask('ana@example.com'), { ...plain, state: 'deliverable' })
  assert.deepEqual(await ask('risky.acceptall@example.com'), { ...plain, state: 'risky', acceptAll: true })
  const disposable = { ...plain, state: 'deliverable', disposable: true }
  assert.deepEqual(await ask('deliverable.disposable@example.com'), disposable)
  assert.deepEqual(await ask('unknown@example.com'), { ...plain, state: 'unknown' })
})

test('a suggestion is passed on when it is the form of an address and another one', async (t) => {
  const { ask } = await asking(t)
  assert.equal((await ask('undeliverable.typo@gmial.com')).didYouMean, 'undeliverable.typo@gmail.com')
  assert.equal((await ask('undeliverable.typo@gmail.com')).didYouMean, undefined)
  assert.equal((await ask('undeliverable.marked@gmial.com')).didYouMean, undefined)
})

for (const word of ['status249', 'reset', 'torn', 'html502', 'status429', 'status500', 'status503', 'status520']) {
  test(`${word} is no verdict and is tried again, a few times at most`, async (t) => {
    const { standIn, ask, errorOf } = await asking(t)
    assert.equal((await ask(`${word}.twice@example.com`)).state, 'deliverable')
    assert.equal(standIn.callsFor(`${word}.twice@example.com`), 3)
    assert.equal((await errorOf(`${word}@example.com`)).kind, word === 'status249' ? 'busy' : 'transient')
    assert.equal(standIn.callsFor(`${word}@example.com`), MOST_TRIES)
  })
}

for (const word of ['html200', 'empty', 'array', 'strange', 'redirect', 'status204', 'status400', 'status418']) {
  test(`${word} is no verdict, and asking again would not help`, async (t) => {
    const { standIn, errorOf } = await asking(t)
    assert.equal((await errorOf(`${word}@example.com`)).kind, 'unexpected')
    assert.equal(standIn.callsFor(`${word}@example.com`), 1)
    assert.equal(standIn.calls.length, 1)
  })
}

for (const word of ['silent', 'stall', 'slow60']) {
  test(`an answer that does not come or does not end (${word}) is given up and asked for again`, async (t) => {
    const { standIn, errorOf } = await asking(t, { requestTimeoutMs: 50 })
    assert.equal((await errorOf(`${word}@example.com`)).message, 'timed out')
    assert.equal(standIn.callsFor(`${word}@example.com`), MOST_TRIES)
  })
}

test('nobody is asked any more once the question has ended', async (t) => {
  const { standIn, client } = await asking(t)
  await assert.rejects(client.ask('ana@example.com', AbortSignal.abort(new Error('ended'))), { message: 'ended' })
  assert.equal(standIn.calls.length, 0)
})

test('a Retry-After is waited for where it is short', async (t) => {
  const { standIn, ask } = await asking(t)
  const begun = performance.now()
  await ask('status429.once.retry1@example.com')
  assert.equal(standIn.calls.length, 2)
  assert(performance.now() - begun > 990, 'it was asked again too early')
})

test('a long Retry-After ends the question, and is passed on', async (t) => {
  const { standIn, errorOf } = await asking(t)
  assert.equal((await errorOf('status429.retry30@example.com')).retryAfterMs, 30_000)
  assert.equal(standIn.calls.length, 1)
})

test('a Retry-After may be a date; what is neither counts for nothing', () => {
  const inHalfAMinute = statusError(503, new Date(Date.now() + 30_000).toUTCString()).retryAfterMs
  assert(inHalfAMinute > 1_000 && inHalfAMinute <= 30_000)
  for (const text of ['soon', '-5', 'Thu, 01 Jan 1970 00:00:00 GMT'])
    assert.equal(statusError(503, text).retryAfterMs, 0)
})

test('after five failures in a row nobody is asked for a while; then a bad answer opens the circuit again, a good one closes it', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  const { standIn, client, ask, errorOf } = await asking(t, { openCircuitMs: 10_000 })
  await errorOf('status500@example.com')
  assert.equal(client.breaker, 'closed')
  for (const email of ['reset@example.com', 'ana@example.com']) {
    assert((await errorOf(email)) instanceof BrokenCircuitError)
    assert.equal(client.breaker, 'open')
    assert.equal(standIn.calls.length, 5)
  }
  t.mock.timers.tick(10_000)
  await errorOf('status500@example.com')
  assert.equal(client.breaker, 'open')
  t.mock.timers.tick(10_000)
  assert.equal((await ask('ana@example.com')).state, 'deliverable')
  assert.equal(client.breaker, 'closed')
})

test('odd answers to one address do not shut the circuit for the others', async (t) => {
  const { client, ask, errorOf } = await asking(t)
  for (const word of ['status249', 'status400', 'status402', 'strange', 'empty']) {
    for (let times = 0; times < 3; times++) assert((await errorOf(`${word}@example.com`)) instanceof EmailableError)
  }
  assert.equal(client.breaker, 'closed')
  assert.equal((await ask('ana@example.com')).state, 'deliverable')
})
