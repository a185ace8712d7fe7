import assert from 'node:assert/strict'
import { test } from 'node:test'
import { binsOf } from './size-bins.ts'

test('sizes are gathered into bins that grow, with their upper end included', () => {
  const bins = binsOf([
    { size: 1, solvable: 2, blocked: 0 },
    { size: 5, solvable: 1, blocked: 3 },
    { size: 6, solvable: 4, blocked: 0 },
    { size: 11, solvable: 1, blocked: 1 },
  ])
  assert.deepEqual(bins, [
    { from: 1, to: 5, solvable: 3, blocked: 3 },
    { from: 6, to: 10, solvable: 4, blocked: 0 },
    { from: 11, to: 20, solvable: 1, blocked: 1 },
  ])
})

test('empty bins are kept between others, and left out at either end', () => {
  const bins = binsOf([
    { size: 10, solvable: 1, blocked: 0 },
    { size: 60, solvable: 0, blocked: 1 },
  ])
  assert.deepEqual(
    bins.map(({ from, to }) => [from, to]),
    [
      [6, 10],
      [11, 20],
      [21, 50],
      [51, 100],
    ],
  )
})

test('no boards, no bins', () => {
  assert.deepEqual(binsOf([]), [])
})
