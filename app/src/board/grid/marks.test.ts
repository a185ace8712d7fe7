import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseBoard } from '@jotc/core/board'
import { solve } from '@jotc/core/solver'
import { arcsOf, firstStepFrom, routeMarks, thunderheadShares } from './marks.ts'

const routeOf = (clouds: string) => solve(parseBoard(clouds)).route

test('a row says where the route lands and how far the jumps are', () => {
  // 0 1 3 4 6: jumps of 1, 2, 1, 2
  assert.equal(routeMarks(routeOf('0010010'), 0, 7), '37.57.2')
  assert.equal(routeMarks(routeOf('0'), 0, 1), '0')
})

test('a jump that crosses the end of a row is drawn in both rows, and none in a row that cannot be reached', () => {
  const route = [0, 2, 4]
  assert.deepEqual(arcsOf(routeMarks(route, 0, 3)), [
    { from: 0, to: 2 },
    { from: 2, to: 4 },
  ])
  assert.deepEqual(arcsOf(routeMarks(route, 3, 5)), [{ from: -1, to: 1 }])
  assert.deepEqual(arcsOf(routeMarks(routeOf('0011000'), 4, 7)), [])
})

test('rows put together draw every jump of a long route', () => {
  const route = routeOf(`0${'010'.repeat(400)}0`)
  const jumps = new Set<string>()
  for (let begin = 0; begin < 1202; begin += 25) {
    for (const { from, to } of arcsOf(routeMarks(route, begin, Math.min(1202, begin + 25))))
      jumps.add(`${begin + from}-${begin + to}`)
  }
  assert.equal(jumps.size, route.length - 1)
})

test('the first landing at or after a cloud', () => {
  const steps = [0, 2, 5, 6].map((cloud) => firstStepFrom([0, 1, 3, 5], cloud))
  assert.deepEqual(steps, [0, 2, 3, 4])
})

test('a bar is a cloud where the board fits, else the share of thunderheads in its part, each counted once', () => {
  assert.deepEqual(thunderheadShares(parseBoard('01010'), 10), [0, 1, 0, 1, 0])
  assert.deepEqual(thunderheadShares(parseBoard('0110000010'), 2), [0.4, 0.2])
  assert.deepEqual(thunderheadShares(parseBoard(`0${'1'.repeat(98)}0`), 7).slice(1, -1), [1, 1, 1, 1, 1])
})
