import type { Board } from '@jotc/core/board'
import type { Solution } from '@jotc/core/solver'
import { useState } from 'react'

type RouteChoice = {
  /** The solution with the route that is shown. */
  shown: Solution
  /** Shows the optimal route after it, or the one before. */
  choose: (by: 1 | -1) => void
}

/** Which of the optimal routes is shown: at first the one that was found, for each board. */
export function useRouteChoice(board: Board, solution: Solution): RouteChoice {
  const [chosen, setChosen] = useState<{ board: Board; shown: Solution }>()
  const shown = chosen?.board === board ? chosen.shown : solution

  async function choose(by: 1 | -1) {
    // Seldom asked for, and so no part of the first load.
    const { neighbourRoute } = await import('@jotc/core/routes')
    setChosen((last) => {
      const from = last?.board === board ? last.shown : solution
      return { board, shown: { ...from, route: neighbourRoute(board, from.route, by) } }
    })
  }
  return { shown, choose }
}
