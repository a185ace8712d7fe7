import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BoardError, parseBoard } from '@jotc/core/board'
import { boardOfHash, hashOf } from './address.ts'

test('a link shows the board it was made of, short or long', () => {
  for (const clouds of ['0', '0010010', '010'.repeat(3333)])
    assert.equal(boardOfHash(hashOf(parseBoard(clouds))), clouds)
})

test('an address without a board has none', () => {
  assert.equal(boardOfHash(''), undefined)
  assert.equal(boardOfHash('#'), undefined)
  assert.equal(boardOfHash('#main'), undefined)
})

test('a link that was cut or changed says what is wrong', () => {
  const whole = hashOf(parseBoard('010'.repeat(100)))
  for (const hash of ['#0120', '#1', whole.slice(0, -1)]) assert.ok(boardOfHash(hash) instanceof BoardError, hash)
})

test('a link to more clouds than the page takes is refused', () => {
  const fault = boardOfHash(hashOf(parseBoard('0'.repeat(1_000_001))))
  assert.ok(fault instanceof BoardError)
  assert.deepEqual(fault.fault, { code: 'tooLong', size: 1_000_001, limit: 1_000_000 })
})
