import fc from 'fast-check'
import { bearer, framed, type MalformedRequest, type Targets } from './request.ts'

/**
 * Files of boards in all shapes, whole and broken, without a single `0`. So no board stands in them, whatever they are
 * taken for: each is refused, or answered with what is wrong with its lines.
 */
export function files({ somebody }: Targets): fc.Arbitrary<MalformedRequest> {
  return fc.tuple(fc.oneof(shaped, broken, soup, binary), type).map(([body, type]) => {
    const [method, target] = ['POST', '/jotc/batch']
    const bytes = framed({ method, target, headers: [bearer(somebody), `Content-Type: ${type}`], body })
    // An account has two batches at once.
    return { wrong: 'the file', method, target, bytes, expects: [200, 400, 429] }
  })
}

const type = fc.constantFrom('text/plain', 'text/csv', 'application/json', 'application/x-ndjson')
const lineEnd = fc.constantFrom('\n', '\r\n', '\r', '\u2028', '\u2029', '\u0085', '\v', '\f', '\n\n')
const separator = fc.constantFrom(',', ';', '\t')
const rows = fc.array(fc.array(fc.constantFrom('1', '1', '1', '2', ''), { minLength: 1, maxLength: 20 }), {
  minLength: 1,
  maxLength: 30,
})

const shaped: fc.Arbitrary<string> = fc.oneof(
  fc
    .tuple(rows, lineEnd, fc.constantFrom('', ' ', ', '))
    .map(([list, end, gap]) => list.map((row) => row.join(gap)).join(end)),
  fc
    .tuple(
      rows,
      lineEnd,
      separator,
      fc.constantFrom('', '"'),
      fc.constantFrom('', 'sep=;\n', 'clouds\n', 'note;clouds\n', 'a;b\n'),
    )
    .map(([list, end, part, quote, head]) => {
      return head + list.map((row) => row.map((cell) => quote + cell + quote).join(part)).join(end)
    }),
  fc.tuple(rows, lineEnd).map(([list, end]) =>
    list
      .flatMap((row) => [row.length, row.join(' ')])
      .join(end)
      .replaceAll('0', '3'),
  ),
  fc
    .tuple(rows, fc.constantFrom(undefined, 1, '\t'), fc.boolean())
    .map(([list, indent, isText]) =>
      JSON.stringify(
        list.map((row) => (isText ? row.join('') : row.map(Number))),
        null,
        indent,
      ),
    )
    .map((text) => text.replaceAll('0', '1')),
  fc
    .tuple(rows, fc.constantFrom('\n', '\r\n', '\r'))
    .map(([list, end]) => list.map((row) => JSON.stringify({ clouds: row.join(''), note: '\u2028' })).join(end)),
)

const SIGNS = [
  ...['1', '11', '7', ' ', ',', ';', '\t', '"', '[', ']', '{', '}', ':', '\\', 'a', '\x00', '\n', '\r', '\u2028', '\v'],
  ...['"clouds":', 'clouds', 'sep=;', '[[', ']]', '\u200b', '\ufeff', '\ufffd', 'ä', '\ud83d', 'PK\x03\x04', '%PDF-'],
]
const soup = fc.array(fc.constantFrom(...SIGNS), { maxLength: 200 }).map((signs) => signs.join(''))

/** A file with a sign more, and some signs less. */
const broken = fc
  .tuple(shaped, fc.nat(), fc.nat({ max: 4 }), fc.constantFrom(...SIGNS))
  .map(([text, place, less, sign]) => {
    const at = place % (text.length + 1)
    return text.slice(0, at) + sign + text.slice(at + less)
  })

const HEADS = ['', '\xff\xfe', '\xfe\xff', '\xff\xfe\0\0', '\xef\xbb\xbf', 'PK\x03\x04', '\x1f\x8b', '\xd0\xcf\x11\xe0']

const binary = fc.oneof(
  fc
    .tuple(fc.constantFrom('', '\ufeff'), fc.oneof(shaped, soup))
    .map(([mark, text]) => Buffer.from(mark + text, 'utf16le')),
  fc
    .tuple(fc.constantFrom(...HEADS), fc.uint8Array({ maxLength: 200 }))
    .map(([head, bytes]) =>
      Buffer.concat([Buffer.from(head, 'latin1'), bytes.map((byte) => (byte === 48 ? 49 : byte))]),
    ),
  fc
    .tuple(
      fc.constantFrom('1', ' ', '"', '[', '"1",', '[1,', '{"a":', '\r', '\\'),
      fc.integer({ min: 60_000, max: 70_000 }),
    )
    .map(([sign, count]) => Buffer.from(sign.repeat(count))),
)
