import fc from 'fast-check'
import { bearer, framed, type MalformedRequest, type Targets } from './request.ts'

/**
 * Files of boards without a single `0`. So no board stands in them, whatever they are taken for: each is refused, or
 * answered with what is wrong with its lines. What the reader makes of files is for
 * core/src/board-file/board-file.properties.test.ts; these try what the service does with it.
 */
export function files({ somebody }: Targets): fc.Arbitrary<MalformedRequest> {
  return fc.tuple(fc.oneof(soup, binary, long), type).map(([body, type]) => {
    const [method, target] = ['POST', '/jotc/batch']
    const bytes = framed({ method, target, headers: [bearer(somebody), `Content-Type: ${type}`], body })
    // An account has two batches at once.
    return { wrong: 'the file', method, target, bytes, expects: [200, 400, 429] }
  })
}

const type = fc.constantFrom('text/plain', 'text/csv', 'application/json', 'application/x-ndjson')

const SIGNS = [
  ...['1', '11', '7', ' ', ',', ';', '\t', '"', '[', ']', '{', '}', ':', '\\', 'a', '\x00', '\n', '\r', '\u2028', '\v'],
  ...['"clouds":', 'clouds', 'sep=;', '[[', ']]', '\u200b', '\ufeff', '\ufffd', 'ä', '\ud83d', 'PK\x03\x04', '%PDF-'],
]
const soup = fc.array(fc.constantFrom(...SIGNS), { maxLength: 200 }).map((signs) => Buffer.from(signs.join('')))

const MARKS = ['', '\xff\xfe', '\xfe\xff', '\xff\xfe\0\0', '\xef\xbb\xbf', 'PK\x03\x04', '\x1f\x8b', '\xd0\xcf\x11\xe0']
const binary = fc
  .tuple(fc.constantFrom(...MARKS), fc.uint8Array({ maxLength: 200 }))
  .map(([mark, bytes]) => Buffer.concat([Buffer.from(mark, 'latin1'), bytes.map((byte) => (byte === 48 ? 49 : byte))]))

const long = fc
  .tuple(fc.constantFrom('1', ' ', '"', '[', '"1",', '[1,', '\r', '\\'), fc.integer({ min: 60_000, max: 70_000 }))
  .map(([sign, count]) => Buffer.from(sign.repeat(count)))
