import fc from 'fast-check'
import type { Targets } from './request.ts'
import { bearer, framed, JSON_TYPE, type MalformedRequest, oneOf } from './request.ts'
import { wrongDate } from './wrong-values.ts'

const GOOD = { email: 'mira@example.org', firstName: 'Mira', lastName: 'Okafor', birthDate: '1990-05-09' }

/** Bodies that only the rules refuse, and bodies that are no JSON or no body at all. */
export function bodies({ somebody }: Targets): fc.Arbitrary<MalformedRequest> {
  const post = (target: string, body: string | Buffer, wrong: string, expects = [400], type = JSON_TYPE) => {
    const bytes = framed({ method: 'POST', target, headers: [bearer(somebody), ...(type ? [type] : [])], body })
    return { wrong, method: 'POST', target, bytes, expects }
  }
  const anywhere = fc.constantFrom('/jotc', '/login', '/login/code')
  return fc.oneof(
    { arbitrary: board.map((clouds) => post('/jotc', JSON.stringify({ clouds }), 'the board')), weight: 3 },
    { arbitrary: details.map((body) => post('/login', JSON.stringify(body), 'the details')), weight: 3 },
    fc.array(brokenLine, { minLength: 1, maxLength: 20 }).map((lines) =>
      // A batch takes each line for itself: it is answered, and each answer says what is wrong. An account has two at once.
      post('/jotc/batch', lines.join('\n'), 'the lines', [200, 429], 'Content-Type: application/x-ndjson'),
    ),
    fc.tuple(anywhere, brokenJson).map(([target, body]) => post(target, body, 'the JSON')),
    fc
      .tuple(anywhere, otherType)
      .map(([target, type]) => post(target, '{"clouds":"00"}', 'the content type', [400, 415], type)),
    fc
      .tuple(anywhere, fc.integer({ min: 65_537, max: 70_000 }))
      .map(([target, size]) => post(target, JSON.stringify({ clouds: '0'.repeat(size) }), 'the size', [413])),
  )
}

const cloud = fc.constantFrom('0', '1')
const cells = (arbitrary: fc.Arbitrary<string>) => fc.array(arbitrary, { maxLength: 60 }).map((list) => list.join(''))
const thunderheadAtAnEnd = cells(cloud).chain((inner) => fc.constantFrom(`1${inner}0`, `0${inner}1`, '1'))

const board: fc.Arbitrary<unknown> = fc.oneof(
  thunderheadAtAnEnd,
  thunderheadAtAnEnd.map((text) => [...text].map(Number)),
  fc
    .tuple(cells(cloud), fc.constantFrom('2', 'x', '-', '٠', '０', '\u0000', '.', 'e'))
    .map(([a, b]) => `0${a}${b}${a}0`),
  fc
    .tuple(fc.integer({ min: 3, max: 99 }), cells(cloud))
    .map(([n, inner]) => `${n + inner.length + 2}\n0${[...inner].join(' ')} 0`),
  fc.integer({ min: 10_001, max: 20_000 }).map((size) => '0'.repeat(size)),
  fc.constantFrom<unknown>(
    '',
    ' ',
    ',',
    '\n',
    [],
    [0, 1],
    [0, null, 0],
    ['0', '0'],
    [0, 0.5, 0],
    [0, [0], 0],
    [0, true, 0],
  ),
)

const wrongEmail = fc.oneof(
  oneOf('ana @ ana@ @example.org ana@example a..b@example.org .a@example.org a.@example.org'),
  fc.constantFrom('ana@example.org.', '\u212Aate@example.org', 'ana@exa mple.org', 'ana@-x.org', 'ana@example..org'),
  fc.constantFrom('a\u0000@example.org', '"a b"@example.org', 'ana@[127.0.0.1]', 'ana@example.org,bob@example.org'),
  fc.integer({ min: 65, max: 300 }).map((size) => `${'a'.repeat(size)}@example.org`),
  fc.string({ unit: 'binary', maxLength: 30 }).map((text) => `${text.replaceAll('@', '')}`),
)

const wrongName = fc.oneof(
  fc.constantFrom('', ' ', '123', '🔥🔥123', 'A\u0000B', '\ud800', '\u200b', 'a\nb', 'a\u202eb', '\u2066'),
  fc.integer({ min: 51, max: 300 }).map((size) => 'é'.repeat(size)),
)

const details = fc.oneof(
  wrongEmail.map((email) => ({ ...GOOD, email })),
  wrongName.map((firstName) => ({ ...GOOD, firstName })),
  wrongName.map((lastName) => ({ ...GOOD, lastName })),
  wrongDate.map((birthDate) => ({ ...GOOD, birthDate })),
  fc.constantFrom('1899-12-31', '2020-01-01', '2999-01-01').map((birthDate) => ({ ...GOOD, birthDate })),
)

const brokenJson: fc.Arbitrary<string | Buffer> = fc.oneof(
  fc.constantFrom('', '{', '{"clouds":', '[', '{"clouds":"00"', '{clouds:"00"}', "{'clouds':'00'}", 'NaN', '{"a":1,}'),
  oneOf('{"clouds":"00"}} {"clouds":"00"}{"clouds":"00"} \ufeff\ufeff{} // {"a":01} undefined'),
  fc.constantFrom('{"__proto__":{"x":1}}', '{"clouds":"00","constructor":{"prototype":{"x":1}}}'),
  fc.integer({ min: 100, max: 20_000 }).map((depth) => '['.repeat(depth)),
  fc.integer({ min: 100, max: 5_000 }).map((depth) => '{"a":'.repeat(depth)),
  fc.uint8Array({ minLength: 1, maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
)

/** A file may have its numbers as text, as tables have that became JSON. */
const boardOfFile = board.filter((clouds) => !(Array.isArray(clouds) && clouds.every((cloud) => cloud === '0')))

const brokenLine = fc.oneof(
  boardOfFile.map((clouds) => JSON.stringify(clouds)),
  boardOfFile.map((clouds) => JSON.stringify({ clouds })),
  fc.constantFrom('{', '{"clouds":', '{"cloud":"00"}', '{"__proto__":"00"}', 'NaN', '"', '\u0000', 'null', '{}'),
  fc.integer({ min: 65_537, max: 70_000 }).map((size) => JSON.stringify('0'.repeat(size))),
)

const otherType = fc
  .oneof(
    fc.constantFrom(
      'text/plain',
      'text/json',
      'application/xml',
      'multipart/form-data; boundary=x',
      'application/x-ndjson',
    ),
    fc.constantFrom(
      'application/jsonx',
      'application/json2',
      '/',
      'application/',
      ';',
      'json',
      '*/*',
      'application / json',
    ),
    fc
      .string({ minLength: 1, maxLength: 30 })
      .filter((text) => /^[!-~]+$/.test(text) && !/^application\/json/i.test(text)),
  )
  .map((type) => `Content-Type: ${type}`)
