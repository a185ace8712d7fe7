import type { Board } from '@jotc/core/board'
import { randomBoard } from '@jotc/core/random'
import { solve } from '@jotc/core/solver'

type SolvedBoard = { clouds: Board; total: number | null }

/** Boards as people send them: mostly 7 to 60 clouds, each tenth up to 200, each fifth blocked by chance. */
export function boards(count: number): SolvedBoard[] {
  return Array.from({ length: count }, (_, number) => {
    const size = number % 10 === 0 ? 60 + ((number * 7) % 141) : 7 + ((number * 13) % 54)
    const clouds = randomBoard({ size, density: 0.3, seed: number, solvable: number % 5 !== 0 })
    return { clouds, total: solve(clouds).total }
  })
}
