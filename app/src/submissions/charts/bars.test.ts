import assert from 'node:assert/strict'
import { test } from 'node:test'
import { barsOf, binsOf, scaleTop } from './bars.ts'

const day = (date: string, solvable = 1, blocked = 0) => ({ day: date, solvable, blocked })

test('days without submissions have an empty bar', () => {
  const { bars, daysPerBar } = barsOf([day('2026-10-01'), day('2026-11-24', 2, 3)])
  assert.equal(daysPerBar, 1)
  assert.equal(bars.length, 55)
  assert.deepEqual(bars[1], { day: '2026-10-02', solvable: 0, blocked: 0 })
  assert.deepEqual(bars.at(-1), { day: '2026-11-24', solvable: 2, blocked: 3 })
})

test('the first day of a new account is the last of thirty bars', () => {
  const { bars } = barsOf([day('2026-11-24', 4)])
  assert.equal(bars.length, 30)
  assert.equal(bars.at(-1)?.solvable, 4)
})

test('years are drawn by some days a bar, and nothing is lost', () => {
  const { bars, daysPerBar } = barsOf([day('2024-01-01', 2), day('2024-01-02', 3, 1), day('2026-11-24', 5)])
  assert.ok(bars.length <= 120)
  assert.equal(daysPerBar, 9)
  assert.deepEqual(bars[0], { day: '2024-01-01', solvable: 5, blocked: 1 })
  assert.equal(bars.at(-1)?.solvable, 5)
})

test('the scale has four steps of a round number above the highest bar', () => {
  assert.deepEqual([1, 4, 5, 38, 160, 1001].map(scaleTop), [4, 4, 8, 40, 200, 2000])
})

test('sizes are gathered into bins that grow, with their upper end included', () => {
  const bins = binsOf([
    { size: 1, solvable: 2, blocked: 0 },
    { size: 5, solvable: 1, blocked: 3 },
    { size: 6, solvable: 4, blocked: 0 },
    { size: 11, solvable: 1, blocked: 1 },
  ])
  assert.deepEqual(bins, [
    { from: 1, to: 5, solvable: 3, blocked: 3 },
    { from: 6, to: 10, solvable: 4, blocked: 0 },
    { from: 11, to: 20, solvable: 1, blocked: 1 },
  ])
})

test('empty bins are kept between others, and left out at either end', () => {
  const bins = binsOf([
    { size: 10, solvable: 1, blocked: 0 },
    { size: 60, solvable: 0, blocked: 1 },
  ])
  const spans = bins.map(({ from, to }) => `${from} to ${to}`)
  assert.deepEqual(spans, ['6 to 10', '11 to 20', '21 to 50', '51 to 100'])
})

test('where nothing was sent nothing is drawn', () => {
  assert.deepEqual(barsOf([]).bars, [])
  assert.deepEqual(binsOf([]), [])
})
