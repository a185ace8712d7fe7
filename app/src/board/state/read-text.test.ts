import assert from 'node:assert/strict'
import { test } from 'node:test'
import { format } from '#i18n/format.ts'
import { readText } from './read-text.ts'

test('text is a board', () => {
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
  assert.equal(message('3\n0 0'), 'The first line says 3 clouds, but the board has 2.')
  assert.equal(
    message('0'.repeat(1_000_001)),
    `This board has ${format.number(1_000_001)} clouds. The limit is ${format.number(1_000_000)}.`,
  )
})
