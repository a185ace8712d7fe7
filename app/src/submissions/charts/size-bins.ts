/** How many boards have from `from` to `to` clouds. */
export type Bin = { from: number; to: number; solvable: number; blocked: number }

const UP_TO = [5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000]

/**
 * Counts of single sizes gathered into bins that grow, for most boards are short and some are very long. From the
 * first to the last bin that holds a board; no boards, no bins.
 */
export function binsOf(sizes: readonly { size: number; solvable: number; blocked: number }[]): Bin[] {
  const bins = UP_TO.map((to, place): Bin => ({ from: (UP_TO[place - 1] ?? 0) + 1, to, solvable: 0, blocked: 0 }))
  for (const { size, solvable, blocked } of sizes) {
    const bin = bins.find(({ to }) => size <= to)
    if (!bin) continue
    bin.solvable += solvable
    bin.blocked += blocked
  }
  const holds = ({ solvable, blocked }: Bin) => solvable + blocked > 0
  return bins.slice(bins.findIndex(holds), bins.findLastIndex(holds) + 1)
}
