import fc from 'fast-check'
import { bodies } from './bodies.ts'
import { bytes } from './bytes.ts'
import { cursors } from './cursors.ts'
import { fromDescription } from './from-description.ts'
import { headers } from './headers.ts'
import type { MalformedRequest } from './request.ts'
import type { Targets } from './targets.ts'
import { tokens } from './tokens.ts'
import { urls } from './urls.ts'

const AT_ONCE = 500

/**
 * Malformed requests of all kinds, in lots; the same for the same seed.
 *
 * Every one is wrong by construction, and says by which status it is right to refuse it.
 */
export function* malformedRequests(targets: Targets, seed: number, count: number): Generator<MalformedRequest[]> {
  const any = fc.oneof(
    { arbitrary: fromDescription(targets), weight: 6 },
    { arbitrary: bodies(targets), weight: 3 },
    { arbitrary: tokens(targets), weight: 2 },
    { arbitrary: urls(targets), weight: 2 },
    { arbitrary: headers(targets), weight: 1 },
    { arbitrary: cursors(targets), weight: 1 },
    { arbitrary: bytes, weight: 1 },
  )
  for (let lot = 0, made = 0; made < count; lot++, made += AT_ONCE) {
    yield fc.sample(any, { seed: seed + lot, numRuns: Math.min(AT_ONCE, count - made) })
  }
}
