import type { Options } from '../options.ts'
import { alternate, type Rounds } from './alternate.ts'
import { closedLoop } from './closed-loop.ts'
import { fixedRate } from './fixed-rate.ts'
import { median } from './statistics.ts'
import type { LoadMeasured, Target } from './tally.ts'

type Measured = Rounds<{ ours: () => Promise<LoadMeasured>; baseline: () => Promise<LoadMeasured> }>

/** Of what the baseline can do: busy, and not yet a queue without end. */
const SHARE_OF_MOST = 0.7

/**
 * Compares two services by what they do at most, and by their latencies at one rate for both.
 *
 * @returns `rate` in requests a second
 */
export async function compareServices(
  targets: { ours: Target; baseline: Target },
  { rounds, seconds, clients, rate }: Options,
  say: (line: string) => void,
): Promise<{ most: Measured; steady: Measured; rate: number }> {
  const sides = (measure: (of: Target) => Promise<LoadMeasured>) => ({
    ours: () => measure(targets.ours),
    baseline: () => measure(targets.baseline),
  })
  const quick = sides((of) => closedLoop(of, clients, seconds))
  say('warming up')
  await alternate(1, quick)
  say(`${rounds} rounds, ${clients} clients as quick as they can`)
  const most = await alternate(rounds, quick)
  const baselineMost = median(most.baseline.map(({ perSecond }) => perSecond))
  const fixed = rate ?? Math.max(1, Math.round(SHARE_OF_MOST * baselineMost))
  say(`${rounds} rounds at ${fixed} requests a second`)
  const steady = await alternate(
    rounds,
    sides((of) => fixedRate(of, { clients, seconds, rate: fixed })),
  )
  return { most, steady, rate: fixed }
}
