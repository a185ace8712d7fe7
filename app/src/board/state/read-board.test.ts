import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BoardError, parseBoard } from '@jotc/core/board'
import { format } from '#i18n/format.ts'
import { hashOf, readBoard, readHash } from './read-board.ts'

test('several lines and mixed separators are one board', () => {
  assert.equal(readBoard('0,0\n1 0\r\n0'), '00100')
})

test('HackerRank’s two lines are a board', () => {
  assert.equal(readBoard('7\n0 0 1 0 0 1 0\n'), '0010010')
})

test('what is no cloud is named and found in the text', () => {
  assert.deepEqual(readBoard('0 0 0 0 2 0'), {
    message: 'Position 5 is “2”. Use only 0 and 1.',
    offset: 8,
    length: 1,
  })
})

test('what has no place still says what to do', () => {
  const message = (text: string) => (readBoard(text) as { message: string }).message
  assert.equal(message('0\u200b0'), 'Position 2 is an invisible character: U+200B (zero width space). Delete it.')
  assert.equal(message(' '), 'Enter at least one cloud.')
  assert.equal(message('10'), 'The first cloud is a thunderhead. Both ends must be 0.')
  assert.equal(message('3\n0 0'), 'The first line says 3 clouds, but the board has 2.')
  assert.equal(
    message('0'.repeat(1_000_001)),
    `This board has ${format.number(1_000_001)} clouds. The limit is ${format.number(1_000_000)}.`,
  )
})

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
