import fc from 'fast-check'
import { bearer, framed, type MalformedRequest } from './request.ts'
import type { Targets } from './targets.ts'

const ID = '019b2c1e-6a3f-7c55-8a52-0f2d4c1b9e77'
const INSTANT = '2026-03-31T18:45:00.000Z'

/** Cursors that no list gave: of another order, with values of another kind, cut, or no cursors at all. */
export function cursors({ administrator }: Targets): fc.Arbitrary<MalformedRequest> {
  return fc.oneof(wrongParts.map(encoded), changed, noCursor).map((cursor) => {
    const target = `/jotc?cursor=${encodeURIComponent(cursor)}`
    const bytes = framed({ method: 'GET', target, headers: [bearer(administrator)] })
    return { wrong: 'the cursor', method: 'GET', target, bytes, expects: [400] }
  })
}

const encoded = (parts: unknown) => Buffer.from(JSON.stringify(parts)).toString('base64url')
const GOOD = encoded(['createdAt', 'desc', INSTANT, ID])

const strange = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom("'; drop table users", '\u0000', 1e308, '2026-02-30T00:00:00.000Z'),
)

const wrongParts: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue(),
  fc.tuple(fc.constantFrom('email', 'size', 'total', 'id', '__proto__'), fc.constant('desc'), strange, fc.constant(ID)),
  fc.tuple(fc.constant('createdAt'), fc.constantFrom('asc', 'DESC', '', null), fc.constant(INSTANT), fc.constant(ID)),
  fc.tuple(fc.constant('createdAt'), fc.constant('desc'), strange, fc.constant(ID)),
  fc.tuple(fc.constant('createdAt'), fc.constant('desc'), fc.constant(INSTANT), strange),
  fc.constant(['createdAt', 'desc', INSTANT, ID, 1]),
)

const changed = fc.oneof(
  fc.integer({ min: 1, max: GOOD.length - 1 }).map((length) => GOOD.slice(0, length)),
  fc
    .constantFrom(`${GOOD}=`, `${GOOD}AAAA`, ` ${GOOD}`, `${GOOD}%`, GOOD.replaceAll('_', '/'))
    .filter((text) => text !== GOOD),
)

const noCursor = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1 }).map((text) => text.toWellFormed()),
  fc.integer({ min: 1_001, max: 4_000 }).map((size) => 'A'.repeat(size)),
)
