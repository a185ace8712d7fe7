import fc from 'fast-check'
import { bearer, framed, JSON_TYPE, type MalformedRequest } from './request.ts'
import type { Targets } from './targets.ts'

/** Boards that are none, among headers that mean something to somebody on the way. */
export function headers({ somebody }: Targets): fc.Arbitrary<MalformedRequest> {
  return fc.array(strangeHeader, { minLength: 1, maxLength: 8 }).map((lines) => {
    const bytes = framed({
      method: 'POST',
      target: '/jotc',
      headers: [bearer(somebody), JSON_TYPE, ...lines],
      body: '{"clouds":"1"}',
    })
    return { wrong: 'the board, among strange headers', method: 'POST', target: '/jotc', bytes, expects: [400] }
  })
}

const visible = fc.string({ maxLength: 60 }).map((text) => text.replace(/[^ -~]/g, '').trim())
const known = fc.constantFrom(
  'Origin',
  'X-Request-Id',
  'Accept',
  'Accept-Encoding',
  'If-None-Match',
  'Range',
  'Traceparent',
)
const forwarded = fc.constantFrom('Forwarded', 'X-Forwarded-For', 'X-Forwarded-Host', 'X-Forwarded-Proto', 'Via')
const others = fc.constantFrom(
  'Idempotency-Key',
  'Cookie',
  'Referer',
  'User-Agent',
  'X-HTTP-Method-Override',
  'TE',
  'Date',
)

const strangeHeader = fc.oneof(
  fc.tuple(fc.oneof(known, forwarded, others), visible).map(([name, value]) => `${name}: ${value}`),
  fc.constantFrom(
    'Origin: null',
    'Origin: http://localhost:8000',
    'Traceparent: 00-0-0-0',
    'X-Request-Id: \u00e9\u00ff',
  ),
  fc.constantFrom(
    'X-Forwarded-For: 1, ::1, x',
    'Range: bytes=0-1,5-',
    '__proto__: x',
    'constructor: x',
    'Accept: ;;;q=x',
  ),
)
