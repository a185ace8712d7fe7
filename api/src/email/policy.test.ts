import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { startEmailable } from '@jotc/testing/emailable'
import fastify from 'fastify'
import { errorHandler } from '../http/error-handler.ts'
import { HttpError } from '../http/errors.ts'
import { metrics } from '../observe/metrics.ts'
import { emailable, type Verdict, type VerdictState } from './emailable.ts'
import { admit, type SignInMode } from './policy.ts'
import { createVerifier, type Failure } from './verifier.ts'

const FAILURE: Failure = { kind: 'failure', reason: 'unavailable', message: 'status 503', retryAfterS: 10 }

function verdict(state: VerdictState, more: Partial<Verdict> = {}): Verdict {
  return { kind: 'verdict', state, disposable: false, acceptAll: false, ...more }
}

function refusalOf(said: Verdict, mode: SignInMode = 'details'): HttpError {
  try {
    admit(said, mode)
  } catch (error) {
    if (error instanceof HttpError) return error
    throw error
  }
  return assert.fail('the address was admitted')
}

/** A service of one route, which admits the address that it is sent. */
async function service(t: TestContext, mode: SignInMode) {
  const standIn = await startEmailable()
  const api = fastify()
  const client = emailable(standIn.url, 'live_5ecret', { firstPauseMs: 1, busyPauseMs: 1, requestTimeoutMs: 300 })
  const verifier = createVerifier(client, { get: async () => undefined, set: async () => {} }, api.log)
  await api.register(metrics, { workers: undefined })
  await api.register(errorHandler, { detailed: false })
  api.get('/:email', async ({ params }) => admit(await verifier.verdictOf((params as { email: string }).email), mode))
  t.after(async () => await Promise.all([api.close(), standIn.close()]))
  const signIn = async (email: string) => await api.inject(`/${encodeURIComponent(email)}`)
  return { signIn, standIn }
}

test('a deliverable address signs in, in either mode', () => {
  for (const mode of ['details', 'code'] as const)
    assert.deepEqual(admit(verdict('deliverable'), mode), { checked: true })
})

test('unknown, risky and undeliverable are each refused in words of their own', () => {
  const reasons = [
    verdict('unknown'),
    verdict('risky'),
    verdict('risky', { acceptAll: true }),
    verdict('undeliverable'),
    verdict('deliverable', { disposable: true }),
  ].map((said) => refusalOf(said).message)
  assert.equal(new Set(reasons).size, reasons.length)
  assert.match(String(reasons[0]), /try again/i)
})

test('a refused address is a fault of the field email, with status 400', () => {
  const { status, errors, message } = refusalOf(verdict('undeliverable'))
  assert.equal(status, 400)
  assert.deepEqual(errors, [{ field: 'email', message }])
})

test('a throw-away address is refused in either mode, whatever its state; a catch-all one in details mode', () => {
  for (const mode of ['details', 'code'] as const) {
    for (const state of ['deliverable', 'risky', 'unknown'] as const) {
      assert.match(refusalOf(verdict(state, { disposable: true }), mode).message, /temporary/)
    }
  }
  assert.match(refusalOf(verdict('risky', { acceptAll: true })).message, /every name/)
  assert.deepEqual(admit(verdict('deliverable', { acceptAll: true }), 'details'), { checked: true })
})

test('in code mode the code proves what the verdict leaves open', () => {
  for (const state of ['risky', 'unknown'] as const) assert.deepEqual(admit(verdict(state), 'code'), { checked: true })
  assert.match(refusalOf(verdict('undeliverable'), 'code').message, /cannot receive email/)
})

test('a suggestion comes as data beside the refusal, and not in its words', () => {
  const refusal = refusalOf(verdict('undeliverable', { didYouMean: 'ana@gmail.com' }))
  assert.equal(refusal.didYouMean, 'ana@gmail.com')
  assert.doesNotMatch(refusal.message, /gmail/)
})

test('where verification is off, everybody signs in', () => {
  for (const mode of ['details', 'code'] as const)
    assert.deepEqual(admit({ kind: 'unchecked' }, mode), { checked: true })
})

test('without a verdict, code mode goes on and says that the address is unchecked', () => {
  assert.deepEqual(admit(FAILURE, 'code'), { checked: false })
  assert.deepEqual(admit({ ...FAILURE, reason: 'operator' }, 'code'), { checked: false })
})

for (const word of [
  ...['status249', 'status401', 'status402', 'status418', 'status429', 'status500', 'status520'],
  ...['reset', 'torn', 'html502', 'empty', 'array', 'silent'],
]) {
  test(`${word} is a 503 that blames the verifier, then another address signs in`, async (t) => {
    const { signIn } = await service(t, 'details')
    const answer = await signIn(`${word}@example.com`)
    assert.equal(answer.statusCode, 503)
    assert.match(String(answer.headers['content-type']), /^application\/problem\+json/)
    assert.match(answer.json().detail, /The problem is not your address/)
    assert.equal(answer.json().errors, undefined)
    assert.equal(answer.headers['retry-after'], '10')
    assert.deepEqual((await signIn('ana@example.com')).json(), { checked: true })
  })

  test(`in code mode ${word} lets sign-in go on`, async (t) => {
    const { signIn } = await service(t, 'code')
    assert.deepEqual((await signIn(`${word}@example.com`)).json(), { checked: false })
  })
}

test('the second try of a refused address gets the same answer, without a call', async (t) => {
  const { signIn, standIn } = await service(t, 'details')
  for (const email of ['risky.acceptall@example.com', 'deliverable.disposable@example.com', 'unknown@example.com']) {
    const [first, second] = [await signIn(email), await signIn(email)]
    assert.equal(first.statusCode, 400)
    assert.deepEqual(second.json().errors, first.json().errors)
    assert.equal(standIn.callsFor(email), 1)
  }
})
