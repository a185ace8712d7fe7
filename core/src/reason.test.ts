import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseBoard } from './board.ts'
import { bestJump, reasonFor } from './reason.ts'
import { randomRoute } from './routes.ts'
import { movesOf, solve } from './solver.ts'

const anyBoard = fc
  .array(fc.constantFrom(0, 0, 1), { maxLength: 60, size: 'max' })
  .map((inner) => parseBoard([0, ...inner, 0]))
const anySolvableBoard = anyBoard.map((board) => parseBoard(board.replaceAll('11', '10')))

test('from any cloud of a route, the best jump leads along as few jumps as there are left', () => {
  fc.assert(
    fc.property(anySolvableBoard, fc.nat(), (board, seed) => {
      const route = randomRoute(board, () => (seed % 97) / 97)
      for (const [jumps, cloud] of route.entries()) {
        const rest = solve(parseBoard(board.slice(cloud)))
        assert.equal(rest.total, route.length - 1 - jumps)
        assert.equal(bestJump(board, cloud), rest.total === 0 ? undefined : movesOf(rest.route)[0]?.to)
      }
    }),
  )
})

test('a jump has its reason; before two thunderheads none is best', () => {
  const board = parseBoard('0001000')
  assert.equal(reasonFor(board, 0, 2), 'cumulus')
  assert.equal(reasonFor(board, 0, 1), 'choice')
  assert.equal(reasonFor(board, 1, 2), 'thunderhead')
  assert.equal(reasonFor(board, 5, 6), 'lastCloud')
  assert.equal(bestJump(parseBoard('00110'), 1), undefined)
})
