import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Board, parseBoard } from '@jotc/core/board'
import { type BoardEdit, type BoardHistory, editBoard, startHistory } from './board-history.ts'

type Edit = BoardEdit | 'grow' | 'shrink' | 'clear' | 'undo' | 'redo'
const after = (board: string, ...edits: readonly Edit[]): BoardHistory =>
  edits
    .map((edit) => (typeof edit === 'string' ? { type: edit } : edit))
    .reduce(editBoard, startHistory(parseBoard(board)))
const toggle = (cloud: number): BoardEdit => ({ type: 'toggle', cloud })
const stroke = (stroke: number, ...clouds: number[]) =>
  clouds.map((cloud): BoardEdit => ({ type: 'paint', cloud, state: '1', stroke }))
const STROKES = [toggle(4), ...stroke(7, 0, 1, 2), ...stroke(8, 3)]

for (const [what, board, edits, expected] of [
  ['a toggled cloud turns into the other kind', '00000', [toggle(2)], '00100'],
  ['toggled again, it turns back', '00000', [toggle(2), toggle(2)], '00000'],
  ['a cloud added at the end is a cumulus', '010', ['grow'], '0100'],
  ['removing the last cloud makes the new last one safe', '010', ['shrink'], '00'],
  ['a board of two clouds becomes one of one', '00', ['shrink'], '0'],
  ['clearing keeps the size', '01010', ['clear'], '00000'],
  ['undo takes one step back', '00000', [toggle(1), toggle(3), 'undo'], '01000'],
  ['undo again takes another', '00000', [toggle(1), toggle(3), 'undo', 'undo'], '00000'],
  ['redo brings a step back', '00000', [toggle(1), toggle(3), 'undo', 'redo'], '01010'],
  ['an edit after undo ends what could be redone', '00000', [toggle(1), 'undo', toggle(2), 'redo'], '00100'],
  ['a stroke paints all of its clouds, but not the ends', '000000', STROKES, '011110'],
  ['a stroke is one step back', '000000', [...STROKES, 'undo'], '011010'],
  ['the stroke before it is another', '000000', [...STROKES, 'undo', 'undo'], '000010'],
] as const)
  test(what, () => {
    assert.equal(after(board, ...edits).board, expected)
  })

test('what changes nothing leaves no step to undo', () => {
  for (const [board, ...edits] of [
    ['000', toggle(-1), toggle(0), toggle(2), toggle(3), { type: 'clear' }, { type: 'undo' }, { type: 'redo' }],
    ['0', { type: 'shrink' }],
  ] as const) {
    const history = startHistory(parseBoard(board))
    for (const edit of edits) assert.equal(editBoard(history, edit), history)
  }
})

test('the last 200 steps can be undone, fewer of huge boards, for each holds a whole one', () => {
  assert.equal(after('000', ...Array.from({ length: 250 }, () => toggle(1))).past.length, 200)
  const huge = (clouds: string): BoardEdit => ({ type: 'replace', board: clouds as Board })
  const boards = Array.from({ length: 40 }, (_, n) => huge(`0${'1'.repeat(n)}`.padEnd(1_000_000, '0')))
  assert.equal(after('0', ...boards).past.length, 20)
})
