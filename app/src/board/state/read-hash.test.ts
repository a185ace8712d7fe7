import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BoardError, parseBoard } from '@jotc/core/board'
import { hashOf, readHash } from './read-hash.ts'

test('a link shows the board it was made of, short or long, to be drawn or played', () => {
  for (const clouds of ['0', '0010010', '010'.repeat(3333)])
    for (const mode of ['draw', 'play'] as const)
      assert.deepEqual(readHash(hashOf(parseBoard(clouds), mode)), { board: clouds, mode })
})

test('an address without a board has none', () => {
  for (const hash of ['', '#', '#main', '#play-', '#play']) assert.equal(readHash(hash), undefined)
})

test('a link that was cut or changed says what is wrong', () => {
  const whole = hashOf(parseBoard('010'.repeat(100)), 'play')
  for (const hash of ['#0120', '#1', '#play-12', whole.slice(0, -1)])
    assert.ok(readHash(hash) instanceof BoardError, hash)
})

test('a link to more clouds than the page takes is refused', () => {
  const fault = readHash(hashOf(parseBoard('0'.repeat(1_000_001)), 'draw'))
  assert.ok(fault instanceof BoardError)
  assert.deepEqual(fault.fault, { code: 'tooLong', size: 1_000_001, limit: 1_000_000 })
})
