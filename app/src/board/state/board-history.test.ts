import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Board, parseBoard } from '@jotc/core/board'
import { type BoardEdit, type BoardHistory, editBoard, startHistory } from './board-history.ts'

const after = (board: string, ...edits: BoardEdit[]): BoardHistory =>
  edits.reduce(editBoard, startHistory(parseBoard(board)))
const toggle = (cloud: number): BoardEdit => ({ type: 'toggle', cloud })

test('a toggled cloud turns into the other kind and back', () => {
  assert.equal(after('00000', toggle(2)).board, '00100')
  assert.equal(after('00000', toggle(2), toggle(2)).board, '00000')
})

test('the first and the last cloud stay cumulus and leave no step to undo', () => {
  const history = startHistory(parseBoard('000'))
  for (const cloud of [0, 2, 3, -1]) assert.equal(editBoard(history, toggle(cloud)), history)
})

test('a cloud added at the end is a cumulus', () => {
  assert.equal(after('010', { type: 'grow' }).board, '0100')
})

test('removing the last cloud makes the new last one safe', () => {
  assert.equal(after('010', { type: 'shrink' }).board, '00')
  assert.equal(after('00', { type: 'shrink' }).board, '0')
})

test('a board of one cloud cannot be made smaller', () => {
  assert.deepEqual(after('0', { type: 'shrink' }), startHistory(parseBoard('0')))
})

test('clearing keeps the size, and a board without thunderheads is not a step', () => {
  assert.equal(after('01010', { type: 'clear' }).board, '00000')
  assert.deepEqual(after('000', { type: 'clear' }).past, [])
})

test('undo and redo walk through the boards in order', () => {
  const edits: BoardEdit[] = [toggle(1), toggle(3)]
  assert.equal(after('00000', ...edits, { type: 'undo' }).board, '01000')
  assert.equal(after('00000', ...edits, { type: 'undo' }, { type: 'undo' }).board, '00000')
  assert.equal(after('00000', ...edits, { type: 'undo' }, { type: 'redo' }).board, '01010')
})

test('undo past the beginning and redo past the end change nothing', () => {
  assert.equal(after('00', { type: 'undo' }).board, '00')
  assert.equal(after('00', { type: 'grow' }, { type: 'redo' }).board, '000')
})

test('an edit after undo ends what could be redone', () => {
  const history = after('00000', toggle(1), { type: 'undo' }, toggle(2), { type: 'redo' })
  assert.equal(history.board, '00100')
})

test('the last 200 steps can be undone', () => {
  const history = after('000', ...Array.from({ length: 250 }, () => toggle(1)))
  assert.equal(history.past.length, 200)
})

test('all clouds of a stroke are one step back, another stroke is another, wherever either begins', () => {
  const stroke = (number: number, ...clouds: number[]) =>
    clouds.map((cloud): BoardEdit => ({ type: 'paint', cloud, state: '1', stroke: number }))
  const edits = [toggle(4), ...stroke(7, 0, 1, 2), ...stroke(8, 3)]
  assert.equal(after('000000', ...edits).board, '011110')
  assert.equal(after('000000', ...edits, { type: 'undo' }).board, '011010')
  assert.equal(after('000000', ...edits, { type: 'undo' }, { type: 'undo' }).board, '000010')
})

test('steps between huge boards are fewer, for each holds a whole board', () => {
  const huge = (clouds: string): BoardEdit => ({ type: 'replace', board: clouds as Board })
  const boards = Array.from({ length: 40 }, (_, n) => huge(`0${'1'.repeat(n)}`.padEnd(1_000_000, '0')))
  assert.equal(after('0', ...boards).past.length, 20)
})
