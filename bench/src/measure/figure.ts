import type { Aim, Figure } from '../scenario.ts'
import { median } from './statistics.ts'

type Compared = { what: string; unit: string; ours: readonly number[]; baseline: readonly number[]; aim?: Aim }

/**
 * A comparison over rounds. Its ratio is the median of the rounds' own ratios, not the ratio of the medians: the two
 * sides of a round met the same machine.
 */
export function ratioOf({ what, unit, ours, baseline, aim }: Compared): Figure {
  const ratio = median(ours.map((value, round) => value / (baseline[round] ?? Number.NaN)))
  return { what, unit, ours: median(ours), baseline: median(baseline), ratio, ...(aim && { aim }) }
}

/** As `ratioOf`, of what ours takes more. */
export function differenceOf({ what, unit, ours, baseline, aim }: Compared): Figure {
  const ratio = median(ours.map((value, round) => value - (baseline[round] ?? Number.NaN)))
  return { what, unit, ours: median(ours), baseline: median(baseline), ratio, difference: true, ...(aim && { aim }) }
}
