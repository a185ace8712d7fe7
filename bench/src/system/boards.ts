import type { Board } from '@jotc/core/board'
import { randomBoard } from '@jotc/core/random'
import { solve } from '@jotc/core/solver'

const SENT = 1000

type SolvedBoard = { clouds: Board; total: number | null }

/** Boards as people send them: mostly 7 to 60 clouds, each tenth up to 200, each fifth blocked by chance. */
export function boards(count = SENT): SolvedBoard[] {
  return Array.from({ length: count }, (_, number) => {
    const size = number % 10 === 0 ? 60 + ((number * 7) % 141) : 7 + ((number * 13) % 54)
    const clouds = randomBoard({ size, density: 0.3, seed: number, solvable: number % 5 !== 0 })
    return { clouds, total: solve(clouds).total }
  })
}

/** A `POST /jotc` of each board, by these people in turn. */
export function boardRequests(tokens: readonly string[]) {
  return boards().map(({ clouds }, number) => {
    return { path: '/jotc', body: { clouds }, token: tokens[number % tokens.length] }
  })
}
