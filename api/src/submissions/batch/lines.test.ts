import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { linesOf } from './lines.ts'

const limits = { characters: 8, bytes: 1_000 }
const linesIn = async (chunks: (string | Buffer)[], most = limits) =>
  (await Array.fromAsync(linesOf(Readable.from(chunks.map((chunk) => Buffer.from(chunk))), most))).flat()

test('lines are the same however a body is cut on its way', async () => {
  const bytes = Buffer.from('\ufeff0\r\n\n李 1\n23456789\nlast')
  const lines = ['0\r', '', '李 1', '23456789', 'last'].map((text, index) => ({ line: index + 1, text: text.trim() }))
  assert.deepEqual(await linesIn([bytes]), lines)
  assert.deepEqual(await linesIn(Array.from(bytes, (byte) => Buffer.of(byte))), lines)
})

test('a line of one character too many is not read, in one piece or many', async () => {
  const tooLong = { error: 'This line is too long. The limit is 8 characters.', code: 'lineTooLong' }
  const expected = [
    { line: 1, ...tooLong },
    { line: 2, text: '1' },
    { line: 3, ...tooLong },
  ]
  assert.deepEqual(await linesIn(['123456789\n1\n123456789']), expected)
  assert.deepEqual(await linesIn(Array.from('123456789\n1\n123456789')), expected)
})

test('a body that is larger than it may be ends with a line that says so', async () => {
  assert.deepEqual(await linesIn(['0\n', '00\n', '000\n'], { ...limits, bytes: 8 }), [
    { line: 1, text: '0' },
    { line: 2, text: '00' },
    {
      line: 3,
      error: 'The batch is larger than 50 MB. Nothing from this line on was read.',
      code: 'batchTooLarge',
    },
  ])
})
