import type { SubmissionStats } from '@jotc/core/api/jotc'

/** One bar of the chart: a day, or some days in a row where there are too many for a bar each. */
export type Bar = { day: string; solvable: number; blocked: number }

const MOST_BARS = 120
const FEWEST_BARS = 30
const DAY = 86_400_000

/**
 * The bars from the first to the last day with submissions, empty days between them included; at least
 * thirty, so that a bar looks the same for a new account. No days, no bars.
 */
export function barsOf(days: SubmissionStats['days']): { bars: Bar[]; daysPerBar: number } {
  const last = Math.max(...days.map(({ day }) => Date.parse(day)))
  const first = Math.min(...days.map(({ day }) => Date.parse(day)), last - (FEWEST_BARS - 1) * DAY)
  if (days.length === 0) return { bars: [], daysPerBar: 1 }
  const span = (last - first) / DAY + 1
  const daysPerBar = Math.ceil(span / MOST_BARS)
  const bars = Array.from({ length: Math.ceil(span / daysPerBar) }, (_, place): Bar => {
    const day = new Date(first + place * daysPerBar * DAY).toISOString().slice(0, 10)
    return { day, solvable: 0, blocked: 0 }
  })
  for (const { day, solvable, blocked } of days) {
    const bar = bars[Math.floor((Date.parse(day) - first) / DAY / daysPerBar)] as Bar
    bar.solvable += solvable
    bar.blocked += blocked
  }
  return { bars, daysPerBar }
}

/** The top of the scale: four equal steps of a round number (1, 2 or 5 times a power of ten) hold `highest`. */
export function scaleTop(highest: number): number {
  const least = Math.max(1, highest / 4)
  const power = 10 ** Math.floor(Math.log10(least))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((round) => round >= least) as number
  return step * 4
}

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
