import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseBoard } from '@jotc/core/board'
import { thunderheadShares } from './overview-bars.ts'

test('a board that fits has one bar a cloud', () => {
  assert.deepEqual(thunderheadShares(parseBoard('01010'), 10), [0, 1, 0, 1, 0])
})

test('a longer board has bars as high as its share of thunderheads', () => {
  assert.deepEqual(thunderheadShares(parseBoard('0110000010'), 2), [0.4, 0.2])
})

test('bars of uneven parts count every storm once', () => {
  const shares = thunderheadShares(parseBoard(`0${'1'.repeat(98)}0`), 7)
  assert.deepEqual(shares.slice(1, -1), [1, 1, 1, 1, 1])
})
