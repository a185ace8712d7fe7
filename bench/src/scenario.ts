import type { Options } from './options.ts'

/** One comparison. `ours` and `baseline` are medians over the rounds, `ratio` the median of the rounds' own ratios. */
export type Figure = {
  what: string
  unit: string
  ours: number
  baseline: number
  /** Ours to the baseline; where `difference` is true, ours less the baseline, in `unit`. */
  ratio: number
  difference?: true
  /** The ratio or difference to reach; left out where the figure is only to be known. */
  aim?: Aim
}

export type Aim = { atLeast: number } | { atMost: number }

export type Report = { figures: Figure[]; notes: string[] }

/** Measures one thing against its baseline; `say` takes a line of progress, for people. */
export type Scenario = (options: Options, say: (line: string) => void) => Promise<Report>

export function isReached({ ratio, aim }: Figure): boolean | undefined {
  if (aim === undefined) return undefined
  return 'atLeast' in aim ? ratio >= aim.atLeast : ratio <= aim.atMost
}
