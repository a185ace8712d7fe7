import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readableCount } from './useRouteCount.ts'

test('a count of up to 15 digits is exact, a longer one rounded to two digits and a power of ten', () => {
  for (const [count, readable] of [
    [999_999_999_999_999n, { exact: 999_999_999_999_999n }],
    [1_049_999_999_999_999n, { mantissa: 1, exponent: 15 }],
    [1_050_000_000_000_000n, { mantissa: 1.1, exponent: 15 }],
    [9_960_000_000_000_000n, { mantissa: 1, exponent: 16 }],
    [28n * 10n ** 194n, { mantissa: 2.8, exponent: 195 }],
  ] as const) {
    assert.deepEqual(readableCount(count), readable)
  }
})
