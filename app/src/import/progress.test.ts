import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BatchAnswer } from '@jotc/core/api/jotc'
import { NOTHING_READ, secondsLeft, withAnswer } from './progress.ts'

const slice = { key: '', type: 'text/plain', firstLine: 1, lines: [], boards: 0 } as const
const solved = (line: number, blockedAt: number | null = null): BatchAnswer => {
  const solvable = blockedAt === null
  return { line, id: '', size: 4, solvable, total: solvable ? 2 : null, blockedAt }
}
const after = (...answers: BatchAnswer[]) =>
  answers.reduce((progress, answer) => withAnswer(progress, slice, answer), NOTHING_READ)

test('solvable boards, blocked ones and lines that are none are counted apart', () => {
  const { read, solvable, blocked, errors } = after(
    solved(1),
    solved(2, 1),
    { line: 3, error: 'No.', code: 'empty' },
    solved(4),
  )
  assert.deepEqual({ read, solvable, blocked, errors }, { read: 4, solvable: 2, blocked: 1, errors: 1 })
})

test('the last nine boards are shown, newest first', () => {
  const { latest } = after(...Array.from({ length: 30 }, (_, place) => solved(place + 1)))
  assert.deepEqual(
    latest.map(({ line }) => line),
    [30, 29, 28, 27, 26, 25, 24, 23, 22],
  )
})

test('the first twenty errors are shown, and all are counted', () => {
  const { firstErrors, errors } = after(
    ...Array.from({ length: 30 }, (_, place) => ({ line: place + 1, error: 'No.', code: 'empty' })),
  )
  assert.deepEqual([firstErrors.length, firstErrors.at(-1)?.line, errors], [20, 20, 30])
})

test('the time left is what is left at the rate of now, once both are known', () => {
  assert.equal(secondsLeft({ ...NOTHING_READ, total: 10_000, read: 6120, rate: 410 }), 10)
  assert.equal(secondsLeft({ ...NOTHING_READ, read: 6120, rate: 410 }), undefined)
  assert.equal(secondsLeft({ ...NOTHING_READ, total: 10_000 }), undefined)
})
