import type { Aim, Figure } from '../scenario.ts'
import { ratioOf } from './figure.ts'
import { median } from './statistics.ts'
import type { LoadMeasured } from './tally.ts'

type Measured = { ours: LoadMeasured[]; baseline: LoadMeasured[] }

/** How answers a second compare. */
export function throughput(what: string, { ours, baseline }: Measured, aim?: Aim): Figure {
  const pick = ({ perSecond }: LoadMeasured) => perSecond
  return ratioOf({ what, unit: 'a second', ours: ours.map(pick), baseline: baseline.map(pick), ...(aim && { aim }) })
}

/** How a latency compares. */
export function latency(what: string, of: 'p50' | 'p99', { ours, baseline }: Measured, aim?: Aim): Figure {
  const pick = (measured: LoadMeasured) => measured[of]
  return ratioOf({ what, unit: 'ms', ours: ours.map(pick), baseline: baseline.map(pick), ...(aim && { aim }) })
}

/** What tells whether the load of a comparison was worth measuring. */
export function loadNotes({ ours, baseline }: Measured): string[] {
  const generator = Math.max(...[...ours, ...baseline].map((measured) => measured.generator))
  const share = Math.round(generator * 100)
  const cpu = (side: LoadMeasured[]) => median(side.flatMap((measured) => measured.cpu ?? []))
  const saturated = generator > 0.8 ? ': it measures itself, ask with fewer --clients' : ''
  const notes = [`generator: at most ${share} % of a core${saturated}`]
  const [our, theirs] = [cpu(ours), cpu(baseline)]
  if (!Number.isNaN(our))
    notes.push(`CPU of the service: ${Math.round(our)} µs a request, baseline ${Math.round(theirs)} µs`)
  return notes
}
