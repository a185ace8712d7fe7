import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readableCount } from './useRouteCount.ts'

test('a count of up to 15 digits is exact', () => {
  assert.deepEqual(readableCount(999_999_999_999_999n), { exact: 999_999_999_999_999n })
})

test('a longer count is rounded to two digits and a power of ten', () => {
  assert.deepEqual(readableCount(28n * 10n ** 194n), { mantissa: 2.8, exponent: 195 })
  assert.deepEqual(readableCount(1_049_999_999_999_999n), { mantissa: 1, exponent: 15 })
  assert.deepEqual(readableCount(1_050_000_000_000_000n), { mantissa: 1.1, exponent: 15 })
})

test('rounding up to ten moves the power', () => {
  assert.deepEqual(readableCount(9_960_000_000_000_000n), { mantissa: 1, exponent: 16 })
})
