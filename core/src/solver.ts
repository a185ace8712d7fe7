import type { Board } from './board.ts'

/** One jump, between clouds counted from 0; `to - from` is 1 or 2. */
export type Move = { from: number; to: number }

/**
 * The answer to a board. `route` holds the clouds visited, the first included: of a solvable board to
 * its last cloud, of a blocked one to the furthest cloud that can be reached.
 */
export type Solution =
  | { solvable: true; total: number; blockedAt: null; route: number[] }
  | { solvable: false; total: null; blockedAt: number; route: number[] }

/**
 * The fewest jumps across a board and one route that takes them ("Jumping on the Clouds", HackerRank).
 *
 * Jumping two wherever the second cloud is safe is optimal: it is never behind any other route after
 * the same number of jumps. Two thunderheads side by side (`blockedAt` is the first of them) cannot be
 * passed. Linear in time and memory; boards of a million clouds are fine.
 */
export function solve(board: Board): Solution {
  const blockedAt = board.indexOf('11')
  const last = blockedAt === -1 ? board.length - 1 : blockedAt - 1
  const route = [0]
  let cloud = 0
  while (cloud < last - 1) {
    // The character code of `0` is even, that of `1` is odd. A branch would often be predicted wrongly.
    cloud += 2 - (board.charCodeAt(cloud + 2) & 1)
    route.push(cloud)
  }
  if (cloud < last) route.push(last)
  return blockedAt === -1
    ? { solvable: true, total: route.length - 1, blockedAt: null, route }
    : { solvable: false, total: null, blockedAt, route }
}

/** The jumps of a route, in order. */
export function movesOf(route: readonly number[]): Move[] {
  return route.slice(1).map((to, jump) => ({ from: route[jump] as number, to }))
}

/**
 * How many different routes take the fewest jumps; 0 when the board is blocked.
 *
 * A thunderhead is passed in one way only, from the cloud before it to the cloud after. So the board
 * falls into its runs of cumulus: a run of odd length is crossed by jumps of two alone, in one way; a
 * run of even length L needs exactly one jump of one, which can be any of L/2.
 * The count is the product of those, and grows with the board: hence a bigint.
 */
export function countOptimalRoutes(board: Board): bigint {
  if (board.includes('11')) return 0n
  const choices: bigint[] = []
  for (const run of board.split('1')) if (run.length % 2 === 0) choices.push(BigInt(run.length / 2))
  return product(choices, 0, choices.length)
}

/** Halving keeps the factors of a size: a million clouds multiply in milliseconds, not minutes. */
function product(factors: readonly bigint[], begin: number, end: number): bigint {
  if (end - begin < 2) return factors[begin] ?? 1n
  const middle = (begin + end) >> 1
  return product(factors, begin, middle) * product(factors, middle, end)
}
