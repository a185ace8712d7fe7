import type { Board } from '@jotc/core/board'
import { randomBoard } from '@jotc/core/random'
import { solve } from '@jotc/core/solver'
import { ratioOf, type Scenario } from '../figure.ts'
import { alternate } from '../measure/alternate.ts'

const SIZES = [100, 10_000, 1_000_000]
/** What loops give goes here, or the compiler would leave them out. */
let sink = 0

/** `solve`, in nanoseconds a cloud, against reading every cloud of the same string once. */
export const solving: Scenario = async ({ rounds, seconds }, say) => {
  const figures = []
  for (const size of SIZES) {
    say(`boards of ${size.toLocaleString('en')} clouds`)
    const board = randomBoard({ size, density: 0.3, seed: size, solvable: true })
    const milliseconds = (seconds * 1000) / SIZES.length
    const sides = {
      ours: async () => nanosecondsOf(board, milliseconds, (clouds) => solve(clouds).total ?? 0),
      baseline: async () => nanosecondsOf(board, milliseconds, readOnce),
    }
    await alternate(1, sides)
    const { ours, baseline } = await alternate(rounds, sides)
    const what = `solve, ${size.toLocaleString('en')} clouds`
    figures.push(ratioOf({ what, unit: 'ns a cloud', ours, baseline, aim: { atMost: 3 } }))
  }
  return { figures, notes: [] }
}

function readOnce(clouds: Board): number {
  let safe = 0
  for (let index = 0; index < clouds.length; index++) if (clouds.charCodeAt(index) === 48) safe++
  return safe
}

/** Mean over so many milliseconds. */
function nanosecondsOf(board: Board, milliseconds: number, use: (board: Board) => number): number {
  const begun = performance.now()
  let times = 0
  let passed = 0
  for (; passed < milliseconds; passed = performance.now() - begun) {
    // The clock is read after some work only: reading it costs as much as a small board.
    for (let more = Math.ceil(20_000 / board.length); more > 0; more--, times++) sink += use(board)
  }
  if (Number.isNaN(sink)) throw new Error('not a number')
  return (passed * 1e6) / times / board.length
}
