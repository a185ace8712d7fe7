import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HttpError } from '../http/errors.ts'
import type { Verdict, VerdictState } from './emailable.ts'
import { admit, type SignInMode } from './policy.ts'
import type { Failure } from './verifier.ts'

const FAILURE: Failure = { kind: 'failure', reason: 'unavailable', message: 'status 503', retryAfterS: 10 }

function verdict(state: VerdictState, more: Partial<Verdict> = {}): Verdict {
  return { kind: 'verdict', state, disposable: false, acceptAll: false, ...more }
}

function refusalOf(said: Verdict | Failure, mode: SignInMode = 'details'): HttpError {
  try {
    admit(said, mode)
  } catch (error) {
    if (error instanceof HttpError) return error
    throw error
  }
  return assert.fail('the address was admitted')
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

test('without a verdict, details mode blames the verifier for a while, and code mode goes on, unchecked', () => {
  const { status, message, errors, headers } = refusalOf(FAILURE)
  assert.deepEqual([status, errors, headers], [503, undefined, { 'retry-after': '10' }])
  assert.match(message, /The problem is not your address/)
  assert.deepEqual(admit(FAILURE, 'code'), { checked: false })
  assert.deepEqual(admit({ ...FAILURE, reason: 'operator' }, 'code'), { checked: false })
})
