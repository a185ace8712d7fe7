import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cloudAfterKey } from './keys.ts'

const from = (cloud: number) => (key: string) => cloudAfterKey(key, cloud, 120, 8)

test('left and right move by one and stop at the ends', () => {
  assert.deepEqual([from(5)('ArrowLeft'), from(5)('ArrowRight')], [4, 6])
  assert.deepEqual([from(0)('ArrowLeft'), from(119)('ArrowRight')], [0, 119])
})

test('up and down move by a visual row and stay in the column', () => {
  assert.deepEqual([from(20)('ArrowUp'), from(20)('ArrowDown')], [12, 28])
  assert.deepEqual([from(3)('ArrowUp'), from(115)('ArrowDown')], [3, 115])
})

test('Page Up and Page Down move by ten rows, Home and End to the ends', () => {
  assert.deepEqual([from(100)('PageUp'), from(10)('PageDown')], [20, 90])
  assert.deepEqual([from(3)('PageUp'), from(110)('PageDown')], [0, 119])
  assert.deepEqual([from(50)('Home'), from(50)('End')], [0, 119])
})

test('other keys move nowhere', () => {
  assert.equal(from(5)('a'), undefined)
})
