import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linesOf } from './lines.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const linesIn = async (...chunks: Uint8Array<ArrayBuffer>[]) =>
  (await Array.fromAsync(linesOf(streamOf(chunks)))).flat()

function streamOf(chunks: Uint8Array<ArrayBuffer>[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      controller.close()
    },
  })
}

test('lines end with LF or CRLF, and the last one need not end', async () => {
  assert.deepEqual(await linesIn(bytes('000\r\n010\n\n0')), ['000', '010', '', '0'])
})

test('a line, a letter and a line end may be torn between two chunks', async () => {
  const [first, second] = [bytes('00 Zo').slice(), bytes('ë\r')]
  assert.deepEqual(await linesIn(first, second.slice(0, 1), second.slice(1), bytes('\n01')), ['00 Zoë', '01'])
})

test('the byte order mark is no part of the first line', async () => {
  assert.deepEqual(await linesIn(bytes('\ufeff000')), ['000'])
})

test('a file that a spreadsheet saved as UTF-16 is read', async () => {
  const utf16 = new Uint8Array(Buffer.from('\ufeff000\r\n010', 'utf16le'))
  assert.deepEqual(await linesIn(utf16), ['000', '010'])
})

test('nothing has no lines', async () => {
  assert.deepEqual(await linesIn(), [])
})

test('a line without end is cut, and does not grow in memory', async () => {
  const chunks = Array.from({ length: 50 }, () => bytes('0'.repeat(1000)))
  const lines = (await Array.fromAsync(linesOf(streamOf([...chunks, bytes('\n00')]), 2000))).flat()
  assert.deepEqual(
    lines.map(({ length }) => length),
    [2000, 2],
  )
})

test('who stops reading lets go of the file', async () => {
  let isLetGo = false
  const stream = new ReadableStream({
    pull: (controller) => controller.enqueue(bytes('000\n')),
    cancel: () => {
      isLetGo = true
    },
  })
  for await (const _ of linesOf(stream)) break
  assert.equal(isLetGo, true)
})
