import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseBoard } from '@jotc/core/board'
import { NOTHING_READ, Pace, type Solved, secondsLeft, type Unread, withResult } from './progress.ts'

const solved = (line: number, blockedAt: number | null = null): Solved => {
  const solvable = blockedAt === null
  return { line, clouds: parseBoard('0000'), id: '', size: 4, solvable, total: solvable ? 2 : null, blockedAt }
}
const after = (...results: (Solved | Unread)[]) => results.reduce(withResult, NOTHING_READ)

test('solvable boards, blocked ones and lines that are none are counted apart', () => {
  const progress = after(solved(1), solved(2, 1), { line: 3, error: 'No.', code: 'empty' }, solved(4))
  assert.partialDeepStrictEqual(progress, { read: 4, solvable: 2, blocked: 1, errors: 1 })
})

test('the last nine boards are shown, newest first', () => {
  const { latest } = after(...Array.from({ length: 30 }, (_, place) => solved(place + 1)))
  assert.equal(latest.map(({ line }) => line).join(' '), '30 29 28 27 26 25 24 23 22')
})

test('errors are grouped by their sentence: all are counted, and the first twelve places named', () => {
  const error = (line: number, error: string) => ({ line, error, code: 'empty' })
  const { unread, errors } = after(
    error(1, 'Other.'),
    ...Array.from({ length: 30 }, (_, place) => error(place + 2, 'No.')),
    { ...error(40, 'Other.'), item: 7 },
  )
  assert.equal(errors, 32)
  assert.deepEqual(unread, [
    { error: 'Other.', count: 2, places: [1, 7] },
    { error: 'No.', count: 30, places: [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13] },
  ])
})

test('a file that is nothing but different errors holds a hundred of them in memory', () => {
  const different = Array.from({ length: 300 }, (_, place) => ({ line: place, error: `${place}`, code: 'empty' }))
  const { unread, errors } = after(...different)
  assert.deepEqual([unread.length, errors], [100, 300])
})

test('the time left is what is left at the rate of now, once both are known', () => {
  assert.equal(secondsLeft({ ...NOTHING_READ, total: 10_000, read: 6120, rate: 410 }), 10)
  assert.equal(secondsLeft({ ...NOTHING_READ, read: 6120, rate: 410 }), undefined)
  assert.equal(secondsLeft({ ...NOTHING_READ, total: 10_000 }), undefined)
})

function pacedBy(...samples: [at: number, count: number][]): Pace {
  const pace = new Pace()
  for (const [at, count] of samples) pace.note(at, count)
  return pace
}

test('the rate is what was read a second, of the last five seconds, once there are two looks', () => {
  assert.equal(pacedBy([1000, 0], [1500, 200], [2000, 400]).rate, 400)
  assert.equal(pacedBy([0, 0], [10_000, 10_000], [12_000, 10_200], [15_000, 10_500], [17_000, 10_700]).rate, 100)
  assert.equal(pacedBy([1000, 5]).rate, undefined)
})

test('a break does not count', () => {
  const pace = pacedBy([0, 0], [1000, 100])
  pace.restart()
  pace.note(60_000, 100)
  pace.note(61_000, 300)
  assert.equal(pace.rate, 200)
})
