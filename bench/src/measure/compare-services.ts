import { type Aim, type Figure, median, type Report, ratioOf } from '../figure.ts'
import type { Options } from '../options.ts'
import { alternate } from './alternate.ts'
import { type LoadMeasured, measureLoad, type Target } from './load.ts'

type Measured = { ours: LoadMeasured[]; baseline: LoadMeasured[] }

/** Of what the baseline can do: busy, and not yet a queue without end. */
const SHARE_OF_MOST = 0.7

/**
 * Compares two services by what they do at most, and by their latencies at one rate for both.
 *
 * @param aims of answers a second, and of both p99
 * @returns the figures, and what tells whether the load was worth measuring
 */
export async function compareServices(
  what: string,
  { ours, baseline }: { ours: Target; baseline: Target },
  aims: { perSecond: Aim; p99?: Aim },
  { rounds, seconds, clients, rate }: Options,
  say: (line: string) => void,
): Promise<Report> {
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
  const steady = await alternate(rounds, sides(fixed))
  return {
    figures: [
      compared(what, 'perSecond', most, aims.perSecond),
      compared('p99, clients as quick as they can', 'p99', most, aims.p99),
      compared(`p99 at ${fixed} a second`, 'p99', steady, aims.p99),
      compared(`median at ${fixed} a second`, 'p50', steady),
    ],
    notes: loadNotes(most),
  }
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

function loadNotes({ ours, baseline }: Measured): string[] {
  const generator = Math.max(...[...ours, ...baseline].map((measured) => measured.generator))
  const saturated = generator > 0.8 ? ': it measures itself, ask with fewer --clients' : ''
  const cpu = (side: LoadMeasured[]) => Math.round(median(side.map((measured) => measured.cpu)))
  return [
    `generator: at most ${Math.round(generator * 100)} % of a core${saturated}`,
    `CPU of the service: ${cpu(ours)} µs a request, baseline ${cpu(baseline)} µs`,
  ]
}
