import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newIdempotencyKey } from './idempotency-key.ts'

test('a key is a UUID of version 7 that begins with the time, and no two are alike', () => {
  const before = Date.now()
  const keys = Array.from({ length: 1000 }, newIdempotencyKey)
  for (const key of keys) {
    assert.match(key, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    const time = Number.parseInt(key.slice(0, 13).replace('-', ''), 16)
    assert.ok(time >= before && time <= Date.now())
  }
  assert.equal(new Set(keys).size, keys.length)
})
