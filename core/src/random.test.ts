import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseBoard } from './board.ts'
import { randomBoard } from './random.ts'
import { solve } from './solver.ts'

const options = fc.record({
  size: fc.integer({ min: 1, max: 300 }),
  density: fc.double({ min: 0, max: 1, noNaN: true }),
  seed: fc.integer(),
  solvable: fc.boolean(),
})

test('a random board is a board of the asked size, with a route where one was asked for', () => {
  fc.assert(
    fc.property(options, (asked) => {
      const board = parseBoard(randomBoard(asked))
      assert.equal(board.length, asked.size)
      assert(!asked.solvable || solve(board).solvable)
    }),
  )
})

test('it has the asked share of thunderheads, as far as they fit', () => {
  const thunderheads = (board: string) => board.split('1').length - 1
  assert.equal(thunderheads(randomBoard({ size: 1002, density: 0.3, seed: 1, solvable: true })), 300)
  assert.equal(thunderheads(randomBoard({ size: 1002, density: 0.6, seed: 1, solvable: false })), 600)
  assert.equal(thunderheads(randomBoard({ size: 1002, density: 0.6, seed: 1, solvable: true })), 500)
})

test('the same seed gives the same board, another seed another', () => {
  const seeded = (seed: number) => randomBoard({ size: 40, density: 0.4, seed, solvable: true })
  assert.equal(seeded(7), '0101000101010101001010010101010010010000')
  assert.notEqual(seeded(8), seeded(7))
})

test('every cloud between the ends is as likely to be a thunderhead as the others', () => {
  const asked = { size: 6, density: 0.5, solvable: false }
  const boards = Array.from({ length: 4000 }, (_, seed) => randomBoard({ ...asked, seed }))
  const hits = [1, 2, 3, 4].map((place) => boards.filter((board) => board[place] === '1').length)
  for (const count of hits) assert(Math.abs(count - 2000) < 160, String(hits))
})
