import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fuzz } from './fuzz.ts'

test('two thousand malformed requests: each is refused by a problem as described, and nothing is stored', async () => {
  const { sent, faults } = await fuzz(20_260, 2_000)
  assert.deepEqual(faults, [])
  assert.equal(sent, 2_000)
})
