import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HttpError } from '../http/errors.ts'
import type { Verdict, VerdictState } from './emailable.ts'
import { admit } from './policy.ts'
import type { Failure, Outcome } from './verifier.ts'

const FAILURE: Failure = { kind: 'failure', reason: 'unavailable', message: 'status 503', retryAfterS: 10 }

function verdict(state: VerdictState, more: Partial<Verdict> = {}): Verdict {
  return { kind: 'verdict', state, disposable: false, acceptAll: false, ...more }
}

function refusalOf(said: Outcome): HttpError {
  try {
    admit(said, 'details')
  } catch (error) {
    if (error instanceof HttpError) return error
    throw error
  }
  return assert.fail('the address was admitted')
}

const UNDELIVERABLE = /^This address cannot receive email/
const TEMPORARY = /^This is a temporary address/

for (const [what, said, inDetailsMode, inCodeMode] of [
  ['a deliverable address', verdict('deliverable'), true, true],
  [
    'a deliverable address of a server that accepts every name',
    verdict('deliverable', { acceptAll: true }),
    true,
    true,
  ],
  ['a deliverable throw-away address', verdict('deliverable', { disposable: true }), TEMPORARY, TEMPORARY],
  ['a risky address', verdict('risky'), /^Email to this address may not arrive/, true],
  ['an address of a server that accepts every name', verdict('risky', { acceptAll: true }), /every name/, true],
  ['a risky throw-away address', verdict('risky', { disposable: true }), TEMPORARY, TEMPORARY],
  ['an address of which nothing is known', verdict('unknown'), /could not confirm this address. Try again/, true],
  ['a throw-away address of which nothing is known', verdict('unknown', { disposable: true }), TEMPORARY, TEMPORARY],
  ['an undeliverable address', verdict('undeliverable'), UNDELIVERABLE, UNDELIVERABLE],
  ['any address, where verification is off,', { kind: 'unchecked' }, true, true],
] as const) {
  const words = (admitted: true | RegExp) => (admitted === true ? 'admitted' : 'refused in words of its own')
  test(`${what} is ${words(inDetailsMode)} in details mode, and ${words(inCodeMode)} in code mode`, () => {
    for (const [mode, admitted] of [
      ['details', inDetailsMode],
      ['code', inCodeMode],
    ] as const) {
      if (admitted === true) assert.deepEqual(admit(said, mode), { checked: true })
      else assert.throws(() => admit(said, mode), { message: admitted })
    }
  })
}

test('a refused address is a fault of the field email; a suggestion comes as data beside it, and not in its words', () => {
  const { status, errors, message, didYouMean } = refusalOf(verdict('undeliverable', { didYouMean: 'ana@gmail.com' }))
  assert.deepEqual([status, errors, didYouMean], [400, [{ field: 'email', message }], 'ana@gmail.com'])
  assert.doesNotMatch(message, /gmail/)
})

test('without a verdict, details mode blames the verifier for a while, and code mode goes on, unchecked', () => {
  const { status, message, errors, headers } = refusalOf(FAILURE)
  assert.deepEqual([status, errors, headers], [503, undefined, { 'retry-after': '10' }])
  assert.match(message, /The problem is not your address/)
  for (const reason of ['unavailable', 'operator'] as const) {
    assert.deepEqual(admit({ ...FAILURE, reason }, 'code'), { checked: false })
  }
})
