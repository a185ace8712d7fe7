import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pictogramOf } from './pictogram.ts'

const marks = (path: string) => path.split('M').length - 1

test('a board is a ring for each cumulus and a bar for each thunderhead', () => {
  const pictogram = pictogramOf('0010010', null)
  assert.deepEqual([marks(pictogram.rings), marks(pictogram.bars), marks(pictogram.blocking)], [5, 2, 0])
  assert.equal(pictogram.width, 35)
})

test('the pair that blocks a board stands out', () => {
  const pictogram = pictogramOf('010110', 3)
  assert.deepEqual([marks(pictogram.rings), marks(pictogram.bars), marks(pictogram.blocking)], [3, 1, 2])
})

test('a long board is cut, not shrunk', () => {
  const pictogram = pictogramOf('0'.repeat(250), null)
  assert.equal(pictogram.width, 500)
  assert.equal(pictogram.isCut, true)
})
