import fc from 'fast-check'
import { bearer, callsOf, framed, JSON_TYPE, type MalformedRequest, type Targets, targetOf } from './request.ts'

/** Bodies that are wrong, among headers that mean something to somebody on the way; and headers that spoil any request. */
export function headers({ somebody, description }: Targets): fc.Arbitrary<MalformedRequest> {
  const post = (target: string, body: string, lines: string[], wrong: string, status: number) => {
    const bytes = framed({ method: 'POST', target, headers: [bearer(somebody), JSON_TYPE, ...lines], body })
    return { wrong, method: 'POST', target, bytes, expects: [status] }
  }
  const wrongBody = fc.constantFrom(['/jotc', '{"clouds":"1"}'] as const, ['/login', '{}'] as const)
  const lines = fc.array(fc.oneof(strange, forwardedFor), { minLength: 1, maxLength: 8 })
  return fc.oneof(
    {
      arbitrary: fc
        .tuple(wrongBody, lines)
        .map(([[target, body], lines]) => post(target, body, lines, 'the body, among strange headers', 400)),
      weight: 4,
    },
    fc.constantFrom(...callsOf(description)).map((call) => {
      const { method } = call
      const target = targetOf(call)
      const bytes = framed({ method, target, headers: [bearer(somebody), 'Host: other.example.org'] })
      return { wrong: 'a second Host', method, target, bytes, expects: [400] }
    }),
    fc
      .tuple(fc.constantFrom('/jotc', '/jotc/batch', '/login', '/logout'), encoding)
      .map(([target, line]) => post(target, '{"clouds":"00"}', [line], 'the encoding', 415)),
  )
}

const encoding = fc
  .constantFrom('gzip', 'br', 'GZIP', 'gzip, identity', 'identity, gzip', 'x')
  .map((name) => `Content-Encoding: ${name}`)

const visible = fc.string({ maxLength: 60 }).map((text) => text.replace(/[^ -~]/g, '').trim())

const NAMES = [
  ...['Origin', 'X-Request-Id', 'Accept', 'Accept-Encoding', 'If-None-Match', 'Range', 'Traceparent', 'Forwarded'],
  ...['X-Forwarded-For', 'X-Forwarded-Host', 'X-Forwarded-Proto', 'Via', 'Idempotency-Key', 'Cookie', 'Referer'],
  ...['User-Agent', 'X-HTTP-Method-Override', 'TE', 'Date', '__proto__', 'constructor'],
]
const strange = fc.oneof(
  fc.tuple(fc.constantFrom(...NAMES), visible).map(([name, value]) => `${name}: ${value}`),
  fc.constantFrom('Origin: null', 'Traceparent: 00-0-0-0', 'X-Request-Id: \u00e9\u00ff', 'Range: bytes=0-1,5-'),
)

/** What proxies write of a client. */
const forwardedFor = fc
  .array(
    fc.oneof(
      fc.constantFrom('192.0.2.1:5678', '[2001:db8::1]:443', '::ffff:192.0.2.1', 'fe80::1%eth0', 'unknown', ''),
      fc.constantFrom('999.1.1.1', '1.2.3', '[::1', '::1]:80', '192.0.2.1:', ':443', '[]:1'),
      visible,
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((clients) => `X-Forwarded-For: ${clients.join(', ')}`)
