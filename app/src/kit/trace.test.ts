import assert from 'node:assert/strict'
import { test } from 'node:test'
import { traceOf } from './trace.ts'

const marks = (path: string) => path.split('M').length - 1

test('a board is a ring for each cumulus and a bar for each thunderhead', () => {
  const trace = traceOf('0010010', null)
  assert.deepEqual([marks(trace.rings), marks(trace.bars), marks(trace.blocking)], [5, 2, 0])
  assert.equal(trace.width, 35)
})

test('the pair that blocks a board stands out', () => {
  const trace = traceOf('010110', 3)
  assert.deepEqual([marks(trace.rings), marks(trace.bars), marks(trace.blocking)], [3, 1, 2])
})

test('a long board is cut, not shrunk', () => {
  const trace = traceOf('0'.repeat(250), null)
  assert.equal(trace.width, 500)
  assert.equal(trace.isCut, true)
})
