import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseBoard } from '@jotc/core/board'
import { stormShares } from './overview-bars.ts'

test('a board that fits has one bar a cloud', () => {
  assert.deepEqual(stormShares(parseBoard('01010'), 10), [0, 1, 0, 1, 0])
})

test('a longer board has bars as high as its share of storms', () => {
  assert.deepEqual(stormShares(parseBoard('0110000010'), 2), [0.4, 0.2])
})

test('bars of uneven parts count every storm once', () => {
  const shares = stormShares(parseBoard(`0${'1'.repeat(98)}0`), 7)
  assert.deepEqual(shares.slice(1, -1), [1, 1, 1, 1, 1])
})
