import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRowOf, isStatedCount } from './stated-count.ts'

test('a whole number alone on its line may say how many clouds follow', () => {
  assert.deepEqual(['7', ' 12 ', '101', '1'].map(isStatedCount), [true, true, true, true])
  assert.deepEqual(['', '0', '010', '7 8', '7.', '[7]', 'seven'].map(isStatedCount), Array(7).fill(false))
})

test('what follows belongs to it, also where there are fewer or more clouds than it says', () => {
  assert(isRowOf('3', '0 1 0'))
  assert(isRowOf('12', '0 1 0'))
})

test('a number of ones and zeros may be a board: the next line belongs to it only where it fits', () => {
  assert(!isRowOf('101', '000'))
  assert(isRowOf('101', '0'.repeat(101)))
  assert(isRowOf('10', '0 0 1 0 0 0 0 0 0 0'))
})
