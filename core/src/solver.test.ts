import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Board, parseBoard } from './board.ts'
import { countOptimalRoutes, movesOf, solve } from './solver.ts'

/** Every board of a length, solvable or blocked, with the first and the last cloud safe. */
function boardsOfLength(length: number): Board[] {
  if (length === 1) return [parseBoard('0')]
  const inner = length - 2
  return Array.from({ length: 2 ** inner }, (_, bits) =>
    parseBoard(`0${inner ? bits.toString(2).padStart(inner, '0') : ''}0`),
  )
}

const anyBoard = fc
  .array(fc.constantFrom(0, 0, 1), { maxLength: 600, size: 'max' })
  .map((inner) => parseBoard(inner.length ? [0, ...inner, 0] : [0]))

/** Breadth-first search over the clouds, by levels: what `solve` says must be what this finds. */
function fewestJumpsBySearch(board: Board): number | null {
  let level = new Set([0])
  for (let jumps = 0; level.size > 0; jumps++) {
    if (level.has(board.length - 1)) return jumps
    const landings = [...level].flatMap((cloud) => [cloud + 1, cloud + 2])
    level = new Set(landings.filter((cloud) => board[cloud] === '0'))
  }
  return null
}

/** Counts routes cloud by cloud from the end, independent of runs and products. */
function countByTable(board: Board): bigint {
  const best: { jumps: number; routes: bigint }[] = []
  for (let cloud = board.length - 1; cloud >= 0; cloud--) {
    const onward = [best[cloud + 1], best[cloud + 2]].filter((entry) => entry !== undefined)
    const jumps = cloud === board.length - 1 ? 0 : 1 + Math.min(...onward.map((entry) => entry.jumps))
    const routes = onward.filter((entry) => entry.jumps + 1 === jumps).reduce((sum, entry) => sum + entry.routes, 0n)
    if (board[cloud] === '1' || jumps === Number.POSITIVE_INFINITY) continue
    best[cloud] = { jumps, routes: cloud === board.length - 1 ? 1n : routes }
  }
  return best[0]?.routes ?? 0n
}

function assertSolved(board: Board): void {
  const solution = solve(board)
  assert.equal(solution.total, fewestJumpsBySearch(board), board)
  assert.equal(countOptimalRoutes(board), countByTable(board), board)
  const moves = movesOf(solution.route)
  for (const [jump, { from, to }] of moves.entries()) {
    assert.equal(from, moves[jump - 1]?.to ?? 0, board)
    assert([1, 2].includes(to - from) && board[to] === '0', board)
  }
  if (solution.solvable) {
    assert.equal(moves.length, solution.total)
    assert.equal(solution.route.at(-1), board.length - 1)
  } else {
    assert.equal(board.slice(solution.blockedAt, solution.blockedAt + 2), '11')
    assert(!board.slice(0, solution.blockedAt + 1).includes('11'))
    assert.equal(solution.route.at(-1), solution.blockedAt - 1)
  }
}

test('every board of up to 14 clouds is solved as an independent search solves it', () => {
  for (let length = 1; length <= 14; length++) boardsOfLength(length).forEach(assertSolved)
})

test('longer boards at random are solved as an independent search solves them', () => {
  fc.assert(fc.property(anyBoard, assertSolved))
})

test('a million clouds are solved and counted without recursion', () => {
  const alternating = parseBoard(`0${'10'.repeat(500_000)}`)
  assert.equal(solve(alternating).total, 500_000)
  assert.equal(countOptimalRoutes(alternating), 1n)
  assert.equal(countOptimalRoutes(parseBoard('00001'.repeat(200_000).slice(0, -1))), 2n ** 200_000n)
})
