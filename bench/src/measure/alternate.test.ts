import assert from 'node:assert/strict'
import { test } from 'node:test'
import { differenceOf, ratioOf } from '../figure.ts'
import { alternate } from './alternate.ts'

test('sides are measured in turn, and another one begins each round', async () => {
  const order: string[] = []
  const side = (name: string) => async () => order.push(name)
  await alternate(3, { a: side('a'), b: side('b') })
  assert.equal(order.join(''), 'abbaab')
})

test('a ratio is the median of the ratios within the rounds', () => {
  const figure = ratioOf({ what: '', unit: '', ours: [2, 40, 9], baseline: [1, 10, 3] })
  assert.deepEqual([figure.ratio, figure.ours, figure.baseline], [3, 9, 3])
})

test('a difference is the median of the differences within the rounds', () => {
  const figure = differenceOf({ what: '', unit: 's', ours: [5, 9], baseline: [1, 3] })
  assert.deepEqual([figure.ratio, figure.difference], [5, true])
})
