import assert from 'node:assert/strict'
import { test } from 'node:test'
import { format } from '#i18n/format.ts'
import { readText } from './read-text.ts'

test('several lines and mixed separators are one board', () => {
  assert.equal(readText('0,0\n1 0\r\n0'), '00100')
})

test('HackerRank’s two lines are a board', () => {
  assert.equal(readText('7\n0 0 1 0 0 1 0\n'), '0010010')
})

test('what is no cloud is named and found in the text', () => {
  assert.deepEqual(readText('0 0 0 0 2 0'), {
    message: 'Position 5 is “2”. Use only 0 and 1.',
    offset: 8,
    length: 1,
  })
})

test('what has no place still says what to do', () => {
  const message = (text: string) => (readText(text) as { message: string }).message
  assert.equal(message('0\u200b0'), 'Position 2 is an invisible character: U+200B (zero width space). Delete it.')
  assert.equal(message(' '), 'A board has at least one cloud.')
  assert.equal(message('10'), 'The first cloud is a thunderhead. Both ends must be 0.')
  assert.equal(message('3\n0 0'), 'The first line says 3 clouds, but the board has 2.')
  assert.equal(
    message('0'.repeat(1_000_001)),
    `This board has ${format.number(1_000_001)} clouds. The limit is ${format.number(1_000_000)}.`,
  )
})
