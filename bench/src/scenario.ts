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
  /** Of DESIGN's table; left out where it says nothing. */
  aim?: Aim
}

export type Aim = { atLeast: number } | { atMost: number }

export type Report = { figures: Figure[]; notes: string[] }

/** What a scenario cannot do here and now, in one line: a route that does not exist yet, a missing program. */
export class Skipped extends Error {
  override readonly name = 'Skipped'
}

/**
 * One thing measured against its baseline.
 *
 * @param say takes a line of progress, for people
 * @throws {Skipped}
 */
export type Scenario = (options: Options, say: (line: string) => void) => Promise<Report>

export function isReached({ ratio, aim }: Figure): boolean | undefined {
  if (aim === undefined) return undefined
  return 'atLeast' in aim ? ratio >= aim.atLeast : ratio <= aim.atMost
}
