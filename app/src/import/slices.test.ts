import assert from 'node:assert/strict'
import { test } from 'node:test'
import { examine, slicesOf } from './slices.ts'

const fileOf = (...lines: string[]) => new Blob([lines.join('\n')])
const slicesIn = (...lines: string[]) => Array.fromAsync(slicesOf(fileOf(...lines)))
const many = (count: number, line: string) => Array.from({ length: count }, () => line)
const still = new AbortController().signal

test('slices hold every board once, in order, and know its line; each has a key of its own', async () => {
  const slices = await slicesIn(...many(1234, '010'))
  const lines = slices.map(({ entries }) => entries.map(({ line }) => line))
  assert.equal(lines.map(({ length }) => length).join(' '), '500 500 234')
  assert.deepEqual(
    lines.flat(),
    Array.from({ length: 1234 }, (_, index) => index + 1),
  )
  assert.equal(new Set(slices.map(({ key }) => key)).size, 3)
  assert.equal((await slicesIn(...many(1500, '0'))).length, 3)
})

test('long boards make slices of fewer boards', async () => {
  const [first] = await slicesIn(...many(100, '0'.repeat(10_000)))
  assert.equal(first?.entries.length, 27)
})

test('a file is examined to its end before anything is sent', async () => {
  assert.deepEqual(await examine(fileOf('3', '0 1 0', '', '4', '0 0 1 0'), still), {
    format: { shape: 'hackerRank' },
    total: 2,
    fault: undefined,
  })
  const { fault } = await examine(fileOf('[', ...many(100_000, '[0,1,0],')), still)
  assert.deepEqual(fault, { code: 'brokenJson', line: 100_001, column: 8 })
})

test('who stops reading lets go of the file', async () => {
  let isLetGo = false
  const endless = new ReadableStream({
    pull: (controller) => controller.enqueue(new TextEncoder().encode('000\n'.repeat(500))),
    cancel: () => {
      isLetGo = true
    },
  })
  const file = { stream: () => endless } as unknown as Blob
  for await (const _ of slicesOf(file)) break
  assert.equal(isLetGo, true)
})
