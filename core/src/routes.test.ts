import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseBoard } from './board.ts'
import { neighbourRoute, randomRoute } from './routes.ts'
import { countOptimalRoutes, solve } from './solver.ts'

const solvableBoards = fc
  .array(fc.constantFrom('0', '00', '000', '0000', '01', '0001'), { maxLength: 12 })
  .map((parts) => parseBoard(`${parts.join('')}0`))
const text = (route: readonly number[]) => route.join(' ')

test('walking on from the answer meets every optimal route once and comes back to it, and each step can be taken back', () => {
  fc.assert(
    fc.property(solvableBoards, (board) => {
      const { route, total } = solve(board)
      const count = Number(countOptimalRoutes(board))
      const met = new Set<string>()
      let current = route
      for (let at = 0; at < count; at++) {
        met.add(text(current))
        assert.equal(current.length - 1, total)
        assert.equal(current.at(-1), board.length - 1)
        for (const [step, cloud] of current.entries()) {
          assert.equal(board[cloud], '0')
          if (step > 0) assert([1, 2].includes(cloud - (current[step - 1] as number)))
        }
        const next = neighbourRoute(board, current, 1)
        assert.equal(text(neighbourRoute(board, next, -1)), text(current))
        current = next
      }
      assert.equal(met.size, count)
      assert.equal(text(current), text(route))
      assert(met.has(text(randomRoute(board))))
    }),
  )
})

test('a million clouds have a next route', () => {
  const board = parseBoard('0'.repeat(1_000_000))
  const { route } = solve(board)
  const next = neighbourRoute(board, route, 1)
  assert.equal(next.length, route.length)
  assert.notEqual(text(next.slice(-5)), text(route.slice(-5)))
})
