import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseBoard } from '@jotc/core/board'
import { AT_START, type Game, jumpsAhead, type Move, makeMove } from './game.ts'

const board = parseBoard('0001000')
const after = (...moves: Move[]): Game => moves.reduce((game, move) => makeMove(game, move, board), AT_START)

test('a jump goes one or two clouds ahead onto a cumulus, and anything else is remembered and moves nothing', () => {
  assert.deepEqual(after(2, 4, 5), { path: [0, 2, 4, 5] })
  assert.deepEqual(after('two', 'two', 'one', 'two', 'one'), { path: [0, 2, 4, 5, 6] })
  for (const cloud of [3, 0, 5]) assert.deepEqual(after(2, cloud), { path: [0, 2], asked: { cloud } })
  assert.deepEqual(after(1, 0, 1), { path: [0, 1] })
})

test('jumps are taken back one by one, and all at once', () => {
  assert.deepEqual(after(2, 4, 'takeBack'), after(2))
  assert.deepEqual(after('takeBack'), AT_START)
  assert.deepEqual(after(2, 4, 'restart'), AT_START)
})

test('a hint leaves one arc of those that can be jumped, until the next move', () => {
  assert.deepEqual(jumpsAhead(board, after()), { reach: 3, arcs: 3 })
  assert.deepEqual(jumpsAhead(board, after('hint')), { reach: 3, arcs: 2 })
  assert.deepEqual(jumpsAhead(board, after('hint', 1)), { reach: 1, arcs: 1 })
  assert.deepEqual(jumpsAhead(board, after(2, 4, 6, 'hint')), { reach: 0, arcs: 0 })
})
