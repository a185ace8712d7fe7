import { quantile } from '@jotc/testing/load'
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
  aim?: Aim | undefined
}

export type Aim = { atLeast: number } | { atMost: number }

/** Measures one thing against its baseline; `say` takes a line of progress, for people. */
export type Scenario = (options: Options, say: (line: string) => void) => Promise<Report>

export type Report = { figures: Figure[]; notes: string[] }

type Compared = Pick<Figure, 'what' | 'unit' | 'aim'> & { ours: readonly number[]; baseline: readonly number[] }

/**
 * A comparison over rounds. Its ratio is the median of the rounds' own ratios, not the ratio of the medians: the two
 * sides of a round met the same machine.
 */
export function ratioOf({ ours, baseline, ...figure }: Compared): Figure {
  const ratio = median(ours.map((value, round) => value / (baseline[round] ?? Number.NaN)))
  return { ...figure, ours: median(ours), baseline: median(baseline), ratio }
}

/** As `ratioOf`, of what ours takes more. */
export function differenceOf(figure: Compared): Figure {
  const more = figure.ours.map((value, round) => value - (figure.baseline[round] ?? Number.NaN))
  return { ...ratioOf(figure), ratio: median(more), difference: true }
}

/** The middle of some figures; of two in the middle the smaller one. NaN of none. */
export const median = (values: readonly number[]) => quantile(values, 0.5)
