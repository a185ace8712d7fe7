import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Pace } from './pace.ts'

function pacedBy(...samples: [at: number, count: number][]): Pace {
  const pace = new Pace()
  for (const [at, count] of samples) pace.note(at, count)
  return pace
}

test('the rate is what was read a second', () => {
  assert.equal(pacedBy([1000, 0], [1500, 200], [2000, 400]).rate, 400)
})

test('the rate follows the last five seconds', () => {
  assert.equal(pacedBy([0, 0], [10_000, 10_000], [12_000, 10_200], [15_000, 10_500], [17_000, 10_700]).rate, 100)
})

test('one look tells no rate, nor does none', () => {
  assert.equal(pacedBy().rate, undefined)
  assert.equal(pacedBy([1000, 5]).rate, undefined)
})

test('a break does not count', () => {
  const pace = pacedBy([0, 0], [1000, 100])
  pace.restart()
  pace.note(60_000, 100)
  pace.note(61_000, 300)
  assert.equal(pace.rate, 200)
})
