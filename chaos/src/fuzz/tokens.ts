import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { callsOf, framed, JSON_TYPE, type MalformedRequest, type Targets, targetOf } from './request.ts'

/** Calls by people who are not signed in: tokens that were forged, changed, cut, or have run out. */
export function tokens(targets: Targets): fc.Arbitrary<MalformedRequest> {
  const { somebody, secret, description } = targets
  const [header = '', claims = ''] = somebody.split('.')
  const { kid } = decoded(header)
  const good = decoded(claims)
  const secured = callsOf(description).filter(({ operation }) => operation.security.length > 0)

  const signed = (head: object, payload: object, key = secret, hash = 'sha256') => {
    const text = `${encoded(head)}.${encoded(payload)}`
    return `${text}.${createHmac(hash, key).update(text).digest('base64url')}`
  }
  const HS256 = { alg: 'HS256', kid, typ: 'JWT' }
  const now = Math.floor(Date.now() / 1000)

  const strange = fc.constantFrom<unknown>(null, 0, -1, '', 'x', [], {}, 1e308, true, '\u0000', 2 ** 53)
  const token = fc.oneof(
    fc
      .constantFrom('none', 'None', 'nOnE', 'HS512', 'RS256', 'ES256', '', 'dir')
      .map((alg) => signed({ ...HS256, alg }, good)),
    fc.constantFrom('none', 'None').map((alg) => `${encoded({ alg, kid })}.${claims}.`),
    fc
      .string({ minLength: 1 })
      .filter((key) => key !== secret)
      .map((key) => signed(HS256, good, key)),
    fc
      .oneof(fc.string(), strange)
      .filter((other) => other !== kid)
      .map((other) => signed({ ...HS256, kid: other }, good)),
    fc.integer({ min: 60, max: 1e9 }).map((ago) => signed(HS256, { ...good, exp: now - ago })),
    // Further ahead than any run is long.
    fc.integer({ min: 86_400, max: 1e9 }).map((ahead) => signed(HS256, { ...good, nbf: now + ahead })),
    fc.constantFrom('sub', 'exp', 'iat', 'nbf', 'jti').map((claim) => signed(HS256, { ...good, [claim]: undefined })),
    fc
      .tuple(
        fc.constantFrom('sub', 'exp', 'nbf'),
        strange.filter((value) => typeof value !== 'number'),
      )
      .map(([claim, value]) => signed(HS256, { ...good, [claim]: value })),
    fc.constantFrom([], 'x', 1, null).map((crit) => signed({ ...HS256, crit }, good)),
    fc.integer({ min: 0, max: somebody.length - 1 }).map((length) => somebody.slice(0, length)),
    fc.nat({ max: somebody.length - 2 }).map((at) => changed(somebody, at)),
    fc.integer({ min: 4_100, max: 9_000 }).map((size) => 'x'.repeat(size)),
    fc.string({ minLength: 1, maxLength: 80 }).filter((text) => /^[!-~]+$/.test(text)),
  )
  const authorization = fc.oneof(
    { arbitrary: token.map((text) => `Authorization: Bearer ${text}`), weight: 8 },
    fc.constantFrom(`Authorization: Basic ${somebody}`, `Authorization: ${somebody}`, `X-Token: ${somebody}`),
    fc.constantFrom(`Authorization: Bearer ${somebody} x`, `Authorization: Bearer,${somebody}`, 'Authorization:'),
    fc.constantFrom(
      `Authorization: Token ${somebody}`,
      `Cookie: token=${somebody}`,
      `Proxy-Authorization: Bearer ${somebody}`,
    ),
  )

  return fc.tuple(fc.constantFrom(...secured), authorization, fc.constantFrom('', '/')).map(([call, line, slash]) => {
    const { method } = call
    const target = targetOf(call) + slash
    const content = call.operation.requestBody
      ? { body: '{"clouds":"00"}', headers: [line, JSON_TYPE] }
      : { headers: [line] }
    return { wrong: 'the token', method, target, bytes: framed({ method, target, ...content }), expects: [401] }
  })
}

const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
const decoded = (part: string): Record<string, unknown> => JSON.parse(Buffer.from(part, 'base64url').toString())

/** Another sign at one place; never the last, of whose bits some mean nothing. */
function changed(text: string, at: number): string {
  return `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`
}
