import { type Aim, type Figure, median, ratioOf } from '../figure.ts'
import type { Options } from '../options.ts'
import { alternate } from './alternate.ts'
import { type LoadMeasured, measureLoad, type Target } from './load.ts'

type Measured = { ours: LoadMeasured[]; baseline: LoadMeasured[] }

/** Of what the baseline can do: busy, and not yet a queue without end. */
const SHARE_OF_MOST = 0.7

/**
 * Compares two services by what they do at most, and by their latencies at one rate for both.
 *
 * @returns `rate` in requests a second
 */
export async function compareServices(
  { ours, baseline }: { ours: Target; baseline: Target },
  { rounds, seconds, clients, rate }: Options,
  say: (line: string) => void,
): Promise<{ most: Measured; steady: Measured; rate: number }> {
  const sides = (rate?: number) => ({
    ours: () => measureLoad(ours, { clients, seconds, rate }),
    baseline: () => measureLoad(baseline, { clients, seconds, rate }),
  })
  say('warming up')
  await alternate(1, sides())
  say(`${rounds} rounds, ${clients} clients as quick as they can`)
  const most = await alternate(rounds, sides())
  const baselineMost = median(most.baseline.map(({ perSecond }) => perSecond))
  const fixed = rate ?? Math.max(1, Math.round(SHARE_OF_MOST * baselineMost))
  say(`${rounds} rounds at ${fixed} requests a second`)
  return { most, steady: await alternate(rounds, sides(fixed)), rate: fixed }
}

/** How answers a second compare (`perSecond`), or a latency. */
export function compared(
  what: string,
  of: 'perSecond' | 'p50' | 'p99',
  { ours, baseline }: Measured,
  aim?: Aim,
): Figure {
  const pick = (measured: LoadMeasured) => measured[of]
  const unit = of === 'perSecond' ? 'a second' : 'ms'
  return ratioOf({ what, unit, ours: ours.map(pick), baseline: baseline.map(pick), aim })
}

/** What tells whether the load of a comparison was worth measuring. */
export function loadNotes({ ours, baseline }: Measured): string[] {
  const generator = Math.max(...[...ours, ...baseline].map((measured) => measured.generator))
  const saturated = generator > 0.8 ? ': it measures itself, ask with fewer --clients' : ''
  const notes = [`generator: at most ${Math.round(generator * 100)} % of a core${saturated}`]
  const cpu = (side: LoadMeasured[]) => Math.round(median(side.flatMap((measured) => measured.cpu ?? [])))
  const [our, theirs] = [cpu(ours), cpu(baseline)]
  return Number.isNaN(our) ? notes : [...notes, `CPU of the service: ${our} µs a request, baseline ${theirs} µs`]
}
