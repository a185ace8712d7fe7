import assert from 'node:assert/strict'
import { test } from 'node:test'
import { format } from '#i18n/format.ts'
import { readText } from './read-text.ts'

test('text is a board, or what is wrong with it, found in the text if it stands anywhere', () => {
  assert.equal(readText('7\n0 0 1 0 0 1 0\n'), '0010010')
  for (const [text, message, offset, length] of [
    ['0 0 0 0 2 0', 'Position 5 is “2”. Use only 0 and 1.', 8, 1],
    ['3\n0 0', 'The first line says 3 clouds, but the board has 2.', undefined, 0],
  ] as const) {
    assert.deepEqual(readText(text), { message, offset, length })
  }
  const tooLong = `This board has ${format.number(1_000_001)} clouds. The limit is ${format.number(1_000_000)}.`
  assert.partialDeepStrictEqual(readText('0'.repeat(1_000_001)), { message: tooLong })
})
