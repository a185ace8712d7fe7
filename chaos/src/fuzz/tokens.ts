import fc from 'fast-check'
import { callsOf, framed, JSON_TYPE, type MalformedRequest, type Targets, targetOf } from './request.ts'

/**
 * Every call that needs somebody who is signed in, by nobody: with a token that was changed, cut or made up, or a good
 * one where none is looked for. Tokens that were forged with care: api/src/auth/tokens.test.ts.
 */
export function tokens({ somebody, description }: Targets): fc.Arbitrary<MalformedRequest> {
  const secured = callsOf(description).filter(({ operation }) => operation.security.length > 0)
  const token = fc.oneof(
    fc.integer({ min: 0, max: somebody.length - 1 }).map((length) => somebody.slice(0, length)),
    fc.nat({ max: somebody.length - 2 }).map((at) => changed(somebody, at)),
    fc.integer({ min: 4_100, max: 9_000 }).map((size) => 'x'.repeat(size)),
    fc.string({ minLength: 1, maxLength: 80 }).filter((text) => /^[!-~]+$/.test(text)),
  )
  const authorization = fc.oneof(
    { arbitrary: token.map((text) => `Authorization: Bearer ${text}`), weight: 4 },
    fc.constantFrom(
      `Authorization: Basic ${somebody}`,
      `Authorization: ${somebody}`,
      `Authorization: Bearer ${somebody} x`,
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

/** Another sign at one place; never the last, of whose bits some mean nothing. */
function changed(text: string, at: number): string {
  return `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`
}
