import type { Board } from './board.ts'

/** A run of cumulus of even length: its one jump of one can stand at any of `ways` places. */
type Choice = { begin: number; ways: number }

/**
 * The optimal route after this one, or the one before it (`by` −1), of a solvable board; after the last one comes the
 * first. Walked through from the route that `solve` gives, each of `countOptimalRoutes` comes up once.
 *
 * Routes are numbers of mixed radix: a digit for each even run of cumulus, counting how many jumps of two stand after
 * its jump of one (see `countOptimalRoutes` for why nothing else can be chosen). Linear in the length of the board.
 */
export function neighbourRoute(board: Board, route: readonly number[], by: 1 | -1): number[] {
  const choices = choicesOf(board)
  const digits = digitsOf(choices, route)
  for (const [place, { ways }] of choices.entries()) {
    const digit = ((digits[place] as number) + by + ways) % ways
    digits[place] = digit
    // No carry: the digits behind it stay.
    if (digit !== (by === 1 ? 0 : ways - 1)) break
  }
  return routeOf(board, choices, digits)
}

/** One of the optimal routes of a solvable board, each as likely as any other. Linear in the length of the board. */
export function randomRoute(board: Board, random: () => number = Math.random): number[] {
  const choices = choicesOf(board)
  const digits = Uint32Array.from(choices, ({ ways }) => Math.floor(random() * ways))
  return routeOf(board, choices, digits)
}

function choicesOf(board: Board): Choice[] {
  const choices: Choice[] = []
  let begin = 0
  for (const run of board.split('1')) {
    if (run.length % 2 === 0) choices.push({ begin, ways: run.length / 2 })
    begin += run.length + 1
  }
  return choices
}

/** How many jumps of two stand after the jump of one, in each run with a choice. */
function digitsOf(choices: readonly Choice[], route: readonly number[]): Uint32Array {
  const digits = new Uint32Array(choices.length)
  let step = 0
  for (const [place, { begin, ways }] of choices.entries()) {
    while ((route[step] as number) < begin) step++
    let before = 0
    while ((route[step + 1] as number) - (route[step] as number) === 2 && before < ways - 1) {
      step++
      before++
    }
    digits[place] = ways - 1 - before
  }
  return digits
}

function routeOf(board: Board, choices: readonly Choice[], digits: Uint32Array): number[] {
  const route = [0]
  let cloud = 0
  let place = 0
  const last = board.length - 1
  while (cloud < last) {
    const choice = choices[place]
    const single = choice && choice.begin + 2 * (choice.ways - 1 - (digits[place] as number))
    if (cloud === single) place++
    cloud += cloud === single ? 1 : 2
    route.push(cloud)
  }
  return route
}
