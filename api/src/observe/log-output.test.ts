import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import { logOutput } from './log-output.ts'

/** A reader that takes a piece when it is told to. */
function reader() {
  const pieces: string[] = []
  let take: ((error?: Error) => void) | undefined
  const to = new Writable({
    decodeStrings: false,
    write(piece, _encoding, done) {
      pieces.push(piece)
      take = done
    },
  })
  return { to, pieces, takes: (error?: Error) => take?.(error) }
}

const LINE = `${'x'.repeat(1_023)}\n`

test('lines wait for their reader in pieces that a pipe takes whole', async () => {
  const { to, pieces, takes } = reader()
  const output = logOutput(to)
  for (let n = 0; n < 9; n++) output.write(LINE)
  output.write('é'.repeat(4_000))
  for (let n = 0; n < 5; n++) {
    await new Promise(setImmediate)
    takes()
  }
  assert.deepEqual(
    pieces.map((piece) => Buffer.byteLength(piece)),
    [4_096, 4_096, 1_024, 8_000],
  )
  await output.written()
  assert.deepEqual(output.lines, { written: 10, dropped: 0 })
})

test('what is too much for a reader that stalls is dropped and counted, and an end does not wait for it long', async () => {
  const { to } = reader()
  const output = logOutput(to)
  for (let n = 0; n < 5_000; n++) output.write(LINE)
  assert.deepEqual(output.lines, { written: 0, dropped: 5_000 - 4_096 })
  await output.written()
})

test('a reader that is gone is the end of the log alone', async () => {
  const { to, takes } = reader()
  const output = logOutput(to)
  output.write(LINE)
  await new Promise(setImmediate)
  takes(new Error('EPIPE'))
  await new Promise(setImmediate)
  output.write(LINE)
  assert.deepEqual(output.lines, { written: 0, dropped: 2 })
})
