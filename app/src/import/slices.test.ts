import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bodyOf, countBoards, slicesOf } from './slices.ts'

const slicesIn = (...lines: string[]) => Array.fromAsync(slicesOf(new Blob([lines.join('\n')])))
const many = (count: number, ...lines: string[]) => Array.from({ length: count }, () => lines).flat()
const still = new AbortController().signal

test('slices hold every line once, in order, and know where they begin', async () => {
  const lines = many(1234, '010')
  const slices = await slicesIn(...lines)
  assert.deepEqual(
    slices.flatMap((slice) => slice.lines),
    lines,
  )
  assert.deepEqual(
    slices.map(({ firstLine, boards }) => [firstLine, boards]),
    [
      [1, 500],
      [501, 500],
      [1001, 234],
    ],
  )
})

test('HackerRank’s two lines stay in one slice', async () => {
  const slices = await slicesIn(...many(499, '010'), '3', '0 1 0', '3', '0 0 0')
  assert.deepEqual(slices.at(0)?.lines.slice(-2), ['3', '0 1 0'])
  assert.deepEqual(slices.at(1)?.lines, ['3', '0 0 0'])
})

test('also where a blank line stands between them', async () => {
  const [first, second] = await slicesIn(...many(499, '010'), '3', '', '0 1 0', '000')
  assert.deepEqual([first?.lines.at(-1), second?.lines], ['0 1 0', ['000']])
})

test('each board is sent as JSON on the line on which it begins', () => {
  const lines = ['0 1 0', '', '3', '', '0 0 0', '4', '000', '101', '2', '0,0', '5']
  const sent = ['"0 1 0"', '', '"3\\n0 0 0"', '', '', '"4\\n000"', '', '"101"', '"2\\n0,0"', '', '"5"']
  assert.deepEqual(bodyOf({ type: 'text/plain', lines }).split('\n'), sent)
  const json = ['{"clouds":"010"}', '', '"000"']
  assert.deepEqual(bodyOf({ type: 'application/x-ndjson', lines: json }).split('\n'), json)
})

test('long boards make slices of fewer boards', async () => {
  const [first] = await slicesIn(...many(100, '0'.repeat(10_000)))
  assert.equal(first?.boards, 27)
})

test('blank lines are no boards, but are counted as lines', async () => {
  const [slice] = await slicesIn('', '010', '  ', '000')
  assert.deepEqual([slice?.boards, slice?.lines.length], [2, 4])
})

test('the first line that is not blank says how the boards are written', async () => {
  const typesOf = async (...lines: string[]) => (await slicesIn(...lines)).map(({ type }) => type)
  assert.deepEqual(await typesOf('', '{"clouds":"010"}'), ['application/x-ndjson'])
  assert.deepEqual(await typesOf('"010"'), ['application/x-ndjson'])
  assert.deepEqual(await typesOf('0,1,0'), ['text/plain'])
  assert.deepEqual(await typesOf('[0,1,0]'), ['text/plain'])
})

test('every slice has a key of its own', async () => {
  const keys = (await slicesIn(...many(1500, '0'))).map(({ key }) => key)
  assert.equal(new Set(keys).size, 3)
})

test('a number that no board follows on is counted by itself, as it is answered', async () => {
  assert.equal(await countBoards(new Blob(['3\n1001\n0010\n5\n12\n']), still), 5)
  assert.equal(await countBoards(new Blob(['"010"\n12\n"000"\n']), still), 3)
})

test('a file of numbers alone is cut as well', async () => {
  const slices = await slicesIn(...many(3000, '1'))
  assert.deepEqual(
    slices.map(({ boards }) => boards),
    [1001, 1001, 998],
  )
})

test('boards are counted without sending them', async () => {
  assert.equal(await countBoards(new Blob(['3\n0 1 0\n\n010\n']), still), 2)
  assert.equal(await countBoards(new Blob([]), still), 0)
})
