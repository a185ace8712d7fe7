import fc from 'fast-check'
import type { Targets } from './request.ts'
import { bearer, framed, type MalformedRequest } from './request.ts'

const ID = '019b2c1e-6a3f-7c55-8a52-0f2d4c1b9e77'
const INSTANT = '2026-03-31T18:45:00.000Z'

/** Cursors that no list gave: of another order, with values of another kind, impossible, cut, or no cursors at all. */
export function cursors({ administrator }: Targets): fc.Arbitrary<MalformedRequest> {
  const ofTheDefaultOrder = fc
    .oneof(wrongParts.map(encoded), changed, noCursor)
    .map((cursor) => ({ cursor, order: '' }))
  return fc.oneof(ofTheDefaultOrder, impossibleDates).map(({ cursor, order }) => {
    const target = `/jotc?cursor=${encodeURIComponent(cursor)}${order}`
    const bytes = framed({ method: 'GET', target, headers: [bearer(administrator)] })
    return { wrong: 'the cursor', method: 'GET', target, bytes, expects: [400] }
  })
}

const encoded = (parts: unknown) => Buffer.from(JSON.stringify(parts)).toString('base64url')
const GOOD = encoded(['createdAt', 'desc', INSTANT, INSTANT, ID])

const strange = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom("'; drop table users", '\u0000', 1e308, '2026-02-30T00:00:00.000Z'),
)

const wrongParts: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue(),
  fc.tuple(fc.constantFrom('email', 'size', 'total', 'id', '__proto__')).map(([by]) => [by, 'desc', 1, INSTANT, ID]),
  fc.constantFrom('asc', 'DESC', '', null).map((sort) => ['createdAt', sort, INSTANT, INSTANT, ID]),
  strange.map((value) => ['createdAt', 'desc', value, INSTANT, ID]),
  strange.map((createdAt) => ['createdAt', 'desc', INSTANT, createdAt, ID]),
  strange.map((id) => ['createdAt', 'desc', INSTANT, INSTANT, id]),
  fc.constantFrom(['createdAt', 'desc', INSTANT, INSTANT, ID, 1], ['createdAt', 'desc', INSTANT, ID]),
)

/** Right in every order but for a date that no row can have. */
const impossibleDates = fc
  .tuple(
    fc.constantFrom(['email', 'a@example.org'], ['size', 1], ['total', 1], ['total', null], ['createdAt', INSTANT]),
    fc.constantFrom('asc', 'desc'),
    fc.constantFrom(
      ...['0000-01-01T00', '-000001-01-01T00', '+010000-01-01T00', '+275760-09-13T00', '-271821-04-20T00'],
      ...['2026-02-30T00', '2026-00-01T00', '2026-13-01T00', '2026-01-01T24'],
    ),
  )
  .map(([[sortBy, value], sort, hour]) => ({
    cursor: encoded([sortBy, sort, value, `${hour}:00:00.000Z`, ID]),
    order: `&sortBy=${sortBy}&sort=${sort}`,
  }))

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
