import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { BoardError, type BoardFault, boardFaultText, parseBoard, toHackerRank } from './board.ts'

function fault(input: unknown, limit?: number): BoardFault {
  try {
    parseBoard(input, limit)
  } catch (error) {
    if (error instanceof BoardError) return error.fault
    throw error
  }
  return assert.fail('the board was accepted')
}

test('a board is read from an array, a string and HackerRank text alike, whatever parts its clouds and lines', () => {
  for (const input of [[0, 0, 1, 0], '0010', '0,0\n1 \t\r\n0\n', '4\n0 0 1 0', '4\r\n0 0 1 0\r\n', '[0, 0, 1, 0]']) {
    assert.equal(parseBoard(input), '0010')
  }
})

test('a first line of zeros and ones that begins with 1 is a count, one that begins with 0 is clouds', () => {
  assert.equal(parseBoard(`10\n${'0 '.repeat(10)}`), '0000000000')
  assert.equal(parseBoard('01\n00'), '0100')
})

test('only the numbers 0 and 1 are clouds of an array; nothing is coerced', () => {
  for (const stranger of [null, true, '0', 2, 0.5, -1, [], {}]) {
    assert.partialDeepStrictEqual(fault([0, stranger, 0]), { code: 'notACloud', index: 1 })
  }
})

test('the first character that is no cloud is named by cloud and by offset in the text', () => {
  assert.deepEqual(fault('5\n0 0 2 0 x'), { code: 'notACloud', index: 2, offset: 6, found: '2' })
  assert.deepEqual(fault('[0, ⛅]'), { code: 'notACloud', index: 1, offset: 4, found: '⛅' })
})

for (const [what, code, ...inputs] of [
  ['neither an array nor text', 'notABoard', 0, null],
  ['an empty board', 'empty', '', ' \n', [], '[]'],
  ['a thunderhead on the first cloud', 'firstNotSafe', [1, 0, 0], [1]],
  ['a thunderhead on the last cloud', 'lastNotSafe', [0, 0, 0, 1]],
] as const)
  test(`${what} is refused`, () => {
    for (const input of inputs) assert.equal(fault(input).code, code)
  })

test('a board longer than the limit is refused with its size', () => {
  for (const clouds of [(size: number) => '0'.repeat(size), (size: number) => Array(size).fill(0)]) {
    assert.equal(parseBoard(clouds(10_000), 10_000).length, 10_000)
    assert.deepEqual(fault(clouds(10_001), 10_000), { code: 'tooLong', size: 10_001, limit: 10_000 })
  }
})

test('a fault is a sentence that a person reads', () => {
  assert.equal(boardFaultText(fault('00002')), 'Position 5 is “2”. Use only 0 and 1.')
  const counted = 'The first line says 12 clouds, but the board has 11.'
  assert.equal(boardFaultText(fault('12\n0 0 0 0 0 0 0 0 0 0 0')), counted)
  assert.equal(boardFaultText(fault([0, 'x'.repeat(999)])), `Position 2 is “${'x'.repeat(20)}…”. Use only 0 and 1.`)
  assert.equal(boardFaultText(fault('1\n0 0')), 'The first line says 1 cloud, but the board has 2.')
})

test('what nobody can see is named, and not quoted', () => {
  for (const [found, name] of [
    ['\u0000', 'U+0000 (NUL)'],
    ['\u200b', 'U+200B (zero width space)'],
    ['\u3164', 'U+3164'],
    ['\u{e0001}', 'U+E0001'],
  ] as const) {
    const sentence = boardFaultText(fault(`0${found}0`))
    assert.equal(sentence, `Position 2 is an invisible character: ${name}. Delete it.`)
  }
})

test('every board survives being written as HackerRank text', () => {
  const board = fc.array(fc.constantFrom(0, 1)).map((inner) => parseBoard([0, ...inner, 0]))
  fc.assert(fc.property(board, (any) => parseBoard(toHackerRank(any)) === any))
})

test('any text is a board or a fault, never another error', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[01 ,[\]\n]*$/)), (text) => {
      try {
        assert.match(parseBoard(text), /^0([01]*0)?$/)
      } catch (error) {
        assert(error instanceof BoardError)
      }
    }),
  )
})
