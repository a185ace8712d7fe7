import fc from 'fast-check'
import type { Targets } from './request.ts'
import { bearer, framed, JSON_TYPE, type MalformedRequest } from './request.ts'
import { wrongDate } from './wrong-values.ts'

const GOOD = { email: 'mira@example.org', firstName: 'Mira', lastName: 'Okafor', birthDate: '1990-05-09' }

/**
 * Bodies that only the rules refuse, which the description does not say (their finer points: core), and bodies that are
 * no JSON or no body at all.
 */
export function bodies({ somebody }: Targets): fc.Arbitrary<MalformedRequest> {
  const post = (target: string, body: string | Buffer, wrong: string, expects = [400], type = JSON_TYPE) => {
    const bytes = framed({ method: 'POST', target, headers: [bearer(somebody), type], body })
    return { wrong, method: 'POST', target, bytes, expects }
  }
  const anywhere = fc.constantFrom('/jotc', '/login', '/login/code')
  return fc.oneof(
    { arbitrary: board.map((clouds) => post('/jotc', JSON.stringify({ clouds }), 'the board')), weight: 3 },
    { arbitrary: details.map((body) => post('/login', JSON.stringify(body), 'the details')), weight: 3 },
    fc.array(line, { minLength: 1, maxLength: 20 }).map((lines) =>
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

const clouds = fc.array(fc.constantFrom('0', '1'), { maxLength: 60 }).map((list) => list.join(''))
const thunderheadAtAnEnd = clouds.chain((inner) => fc.constantFrom(`1${inner}0`, `0${inner}1`, '1'))

const board: fc.Arbitrary<unknown> = fc.oneof(
  thunderheadAtAnEnd,
  thunderheadAtAnEnd.map((text) => [...text].map(Number)),
  fc.tuple(clouds, fc.constantFrom('2', 'x', '٠', '\u0000', 'e')).map(([some, sign]) => `0${some}${sign}${some}0`),
  fc.tuple(fc.integer({ min: 3, max: 99 }), clouds).map(([n, some]) => `${n + some.length + 2}\n0${some}0`),
  fc.integer({ min: 10_001, max: 20_000 }).map((size) => '0'.repeat(size)),
  fc.constantFrom<unknown>('', '\n', [], [0, null, 0], ['0', '0'], [0, 0.5, 0], [0, [0], 0], [0, true, 0]),
)

const wrongEmail = fc.oneof(
  fc.constantFrom('ana', 'ana@example', 'a..b@example.org', 'ana@example.org.', '\u212Aate@example.org'),
  fc.constantFrom('a\u0000@example.org', '"a b"@example.org', 'ana@[127.0.0.1]', 'ana@example.org,bob@example.org'),
  fc.integer({ min: 65, max: 300 }).map((size) => `${'a'.repeat(size)}@example.org`),
  fc.string({ unit: 'binary', maxLength: 30 }).map((text) => text.replaceAll('@', '')),
)

const wrongName = fc.oneof(
  fc.constantFrom('', ' ', '123', '🔥🔥123', 'A\u0000B', '\ud800', '\u200b', 'a\nb', 'a\u202eb'),
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
  fc.constantFrom('', '{"clouds":', '{"clouds":"00"', "{'clouds':'00'}", 'NaN', '{"a":1,}', '{"clouds":"00"}}'),
  fc.constantFrom('{"__proto__":{"x":1}}', '{"clouds":"00","constructor":{"prototype":{"x":1}}}', '\ufeff\ufeff{}'),
  fc.integer({ min: 100, max: 20_000 }).map((depth) => '['.repeat(depth)),
  fc.integer({ min: 100, max: 5_000 }).map((depth) => '{"a":'.repeat(depth)),
  fc.uint8Array({ minLength: 1, maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
)

const line = fc.oneof(
  // A file may have its numbers as text, as tables have that became JSON.
  board
    .filter((clouds) => !(Array.isArray(clouds) && clouds.every((cloud) => cloud === '0')))
    .chain((clouds) => fc.constantFrom(JSON.stringify(clouds), JSON.stringify({ clouds }))),
  fc.constantFrom('{', '{"cloud":"00"}', '{"__proto__":"00"}', 'NaN', '"', '\u0000', 'null', '{}'),
  fc.integer({ min: 65_537, max: 70_000 }).map((size) => JSON.stringify('0'.repeat(size))),
)

const otherType = fc
  .oneof(
    fc.constantFrom('text/plain', 'multipart/form-data; boundary=x', 'application/x-ndjson', 'application/jsonx', '/'),
    fc
      .string({ minLength: 1, maxLength: 30 })
      .filter((text) => /^[!-~]+$/.test(text) && !/^application\/json/i.test(text)),
  )
  .map((type) => `Content-Type: ${type}`)
