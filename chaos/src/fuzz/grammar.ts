import fc from 'fast-check'
import {
  BYTES,
  bearer,
  callsOf,
  JSON_TYPE,
  type MalformedRequest,
  malformed,
  type Targets,
  targetOf,
} from './request.ts'

/** What no description says: requests that the rules refuse, or HTTP itself. */
export function grammar(targets: Targets): fc.Arbitrary<MalformedRequest> {
  return fc.oneof(
    { arbitrary: bodies(targets), weight: 6 },
    { arbitrary: tokens(targets), weight: 2 },
    { arbitrary: urls(targets), weight: 2 },
    { arbitrary: headers(targets), weight: 1 },
    { arbitrary: bytes, weight: 1 },
  )
}

/** Boards, details and files that only the rules refuse (their finer points: core), and what is no JSON. */
function bodies({ somebody }: Targets): fc.Arbitrary<MalformedRequest> {
  const post = (target: string, body: string | Buffer, wrong: string, expects = [400], type = 'application/json') => {
    const headers = [bearer(somebody), `Content-Type: ${type}`]
    return malformed({ wrong, method: 'POST', target, headers, body, expects })
  }
  const anywhere = fc.constantFrom('/jotc', '/login', '/login/code')
  // Part by part is answered what is wrong with a file. An account has two at once.
  const file = (body: string | Buffer, type: string) => post('/jotc/batch', body, 'the file', [200, 400, 429], type)
  return fc.oneof(
    board.map((clouds) => post('/jotc', JSON.stringify({ clouds }), 'the board')),
    details.map((body) => post('/login', JSON.stringify(body), 'the details')),
    lines.map((body) => file(body, 'application/x-ndjson')),
    { arbitrary: fc.tuple(fileWithoutBoard, fileType).map(([body, type]) => file(body, type)), weight: 3 },
    fc.tuple(anywhere, brokenJson).map(([target, body]) => post(target, body, 'the JSON')),
    fc.tuple(anywhere, otherType).map(([target, type]) => post(target, '{}', 'the content type', [400, 415], type)),
  )
}

/** The last cloud is a thunderhead. */
const board = fc
  .string({ unit: fc.constantFrom('0', '1', '2', ' ', '\n', 'x', '٠', '\u0000'), maxLength: 60 })
  .chain((inner) => fc.constantFrom<unknown>(`0${inner}1`, [0, ...Array.from(inner, Number), 1], `0${inner}1x`))

const GOOD = { email: 'mira@example.org', firstName: 'Mira', lastName: 'Okafor', birthDate: '1990-05-09' }
/** Good for none of them: without a letter, with what nobody can see, too long, or of no birth. */
const wrongDetail = fc.oneof(
  fc.constantFrom('', ' ', '123', '🔥🔥123', 'A\u0000B', '\ud800', '\u200b', 'a\u202eb', '1899-12-31', '2999-01-01'),
  fc.integer({ min: 65, max: 300 }).map((size) => 'é'.repeat(size)),
  fc.string({ unit: 'binary', maxLength: 300 }).map((text) => text.replace(/[\p{L}\p{N}@]/gu, '')),
)
const details = fc.oneof(
  fc.tuple(fc.constantFrom(...Object.keys(GOOD)), wrongDetail).map(([field, text]) => ({ ...GOOD, [field]: text })),
  fc.constantFrom('ana@example', 'a..b@example.org', 'ana@[127.0.0.1]').map((email) => ({ ...GOOD, email })),
)

const line = fc.oneof(
  board.chain((clouds) => fc.constantFrom(JSON.stringify(clouds), JSON.stringify({ clouds }))),
  fc.constantFrom('{', '{"cloud":"00"}', '{"__proto__":"00"}', 'NaN', '"', '\u0000', 'null', '{}'),
  fc.integer({ min: 65_537, max: 70_000 }).map((size) => JSON.stringify('0'.repeat(size))),
)
const lines = fc.array(line, { minLength: 1, maxLength: 20 }).map((all) => all.join('\n'))

const brokenJson: fc.Arbitrary<string | Buffer> = fc.oneof(
  fc.constantFrom('', '{"clouds":', '{"clouds":"00"', "{'clouds':'00'}", 'NaN', '{"a":1,}', '{"clouds":"00"}}'),
  fc.constantFrom('{"__proto__":{"x":1}}', '{"clouds":"00","constructor":{"prototype":{"x":1}}}', '\ufeff\ufeff{}'),
  fc.integer({ min: 100, max: 20_000 }).map((depth) => '['.repeat(depth)),
  fc.integer({ min: 100, max: 5_000 }).map((depth) => '{"a":'.repeat(depth)),
  fc.uint8Array({ minLength: 1, maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
)

const otherType = fc.oneof(
  fc.constantFrom('text/plain', 'multipart/form-data; boundary=x', 'application/x-ndjson', 'application/jsonx', '/'),
  fc
    .string({ minLength: 1, maxLength: 30 })
    .filter((text) => /^[!-~]+$/.test(text) && !/^application\/json/i.test(text)),
)

const SIGNS = [
  ...['1', '11', '7', ' ', ',', ';', '\t', '"', '[', ']', '{', '}', ':', '\\', 'a', '\x00', '\n', '\r', '\u2028', '\v'],
  ...['"clouds":', 'clouds', 'sep=;', '[[', ']]', '\u200b', '\ufeff', '\ufffd', 'ä', '\ud83d', 'PK\x03\x04', '%PDF-'],
]
const MARKS = ['', '\xff\xfe', '\xfe\xff', '\xff\xfe\0\0', '\xef\xbb\xbf', 'PK\x03\x04', '\x1f\x8b', '\xd0\xcf\x11\xe0']
/**
 * Without a single `0`, no board stands in it, whatever it is taken for. What the reader makes of files:
 * core/src/board-file/board-file.properties.test.ts; these try what the service does with it.
 */
const fileWithoutBoard = fc.oneof(
  fc.array(fc.constantFrom(...SIGNS), { maxLength: 200 }).map((signs) => Buffer.from(signs.join(''))),
  fc
    .tuple(fc.constantFrom(...MARKS), fc.uint8Array({ maxLength: 200 }))
    .map(([mark, bytes]) =>
      Buffer.concat([Buffer.from(mark, 'latin1'), bytes.map((byte) => (byte === 48 ? 49 : byte))]),
    ),
  fc
    .tuple(fc.constantFrom('1', ' ', '"', '[', '"1",', '[1,', '\r', '\\'), fc.integer({ min: 60_000, max: 70_000 }))
    .map(([sign, count]) => Buffer.from(sign.repeat(count))),
)
const fileType = fc.constantFrom('text/plain', 'text/csv', 'application/json', 'application/x-ndjson')

/**
 * Every call that needs somebody who is signed in, by nobody: with a token that was changed, cut or made up, or a good
 * one where none is looked for. Tokens that were forged with care: api/src/auth/tokens.test.ts.
 */
function tokens({ somebody, description }: Targets): fc.Arbitrary<MalformedRequest> {
  const secured = callsOf(description).filter(({ operation }) => operation.security.length > 0)
  const token = fc.oneof(
    fc.integer({ min: 0, max: somebody.length - 1 }).map((length) => somebody.slice(0, length)),
    // Another sign at one place; never the last, of whose bits some mean nothing.
    fc
      .nat({ max: somebody.length - 2 })
      .map((at) => somebody.slice(0, at) + (somebody[at] === 'A' ? 'B' : 'A') + somebody.slice(at + 1)),
    fc.integer({ min: 4_100, max: 9_000 }).map((size) => 'x'.repeat(size)),
    fc.string({ minLength: 1, maxLength: 80 }).filter((text) => /^[!-~]+$/.test(text)),
  )
  const elsewhere = ['Authorization: Basic ', 'Authorization: ', 'Cookie: token=', 'Proxy-Authorization: Bearer ']
  const authorization = fc.oneof(
    { arbitrary: token.map(bearer), weight: 4 },
    fc.constantFrom(...elsewhere.map((before) => before + somebody), `${bearer(somebody)} x`),
  )
  return fc.tuple(fc.constantFrom(...secured), authorization, fc.constantFrom('', '/')).map(([call, line, slash]) => {
    const request = { wrong: 'the token', method: call.method, target: targetOf(call) + slash, expects: [401] }
    const isWithBody = call.operation.requestBody !== undefined
    return malformed({ ...request, ...(isWithBody && { body: '{"clouds":"00"}' }), headers: [line, JSON_TYPE] })
  })
}

/** Request lines that lead nowhere: broken escapes, traversal, addresses of other hosts, other methods; and cursors. */
function urls({ administrator, description }: Targets): fc.Arbitrary<MalformedRequest> {
  const request = (method: string, target: string, expects: readonly number[], wrong = 'the URL') =>
    malformed({ wrong, method, target, headers: [bearer(administrator), 'Origin: http://localhost:8000'], expects })
  const paths = Object.keys(description.paths).filter((path) => !path.includes('{'))
  const wrongMethod = fc.constantFrom('PUT', 'PROPFIND', 'SEARCH', 'PURGE', 'TRACE', 'MKCOL', 'LOCK')
  return fc.oneof(
    fc.tuple(method, path).map(([name, path]) => request(name, path, [400, 404, 414])),
    fc
      .tuple(wrongMethod, fc.constantFrom(...paths), fc.constantFrom('', '/'))
      .map(([name, path, slash]) => request(name, path + slash, [405])),
    cursor.map((cursor) => request('GET', `/jotc?cursor=${encodeURIComponent(cursor)}`, [400], 'the cursor')),
    fc.integer({ min: 1, max: 8_000 }).map((size) => request('GET', `/jotc/${'a'.repeat(size)}`, [400, 404, 414])),
  )
}

const method = fc.constantFrom('GET', 'POST', 'DELETE', 'PUT', 'PATCH')
const junk = fc.array(fc.constantFrom('~', '%20', '%2F', '%5C', '%C3%A9', "'", '"', '<', '|', '^', '.', 'a', '0'), {
  minLength: 1,
  maxLength: 20,
})
const path = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('/', '/x', '/jotc/', '/users/', '/jotc~'),
      fc.constantFrom('%', '%g1', '%E0%', '%C3%28', '%ff', '%c0%af', '%ed%a0%80', '%f8%80%80%80', '%%', '%u0041'),
    )
    .map(([begin, brokenEscape]) => begin + brokenEscape),
  junk.map((parts) => `/~${parts.join('')}`),
  junk.map((parts) => `/jotc/x/${parts.join('')}/y`),
  fc.constantFrom('//', '///jotc', '/jotc//', '/./jotc', '/../jotc', '/jotc/../users', '/%2e%2e/users', '/.git/config'),
  fc.constantFrom('/JOTC', '/Login', '/jotc;a=1', '/users\\x', '/login.php', '/wp-admin', '/favicon.ico', '/.env'),
  fc.constantFrom('http://evil.example.net/x', 'https://evil.example.net:99/~', 'ftp://x/y', '/~#x'),
)

/** Of parts that are any JSON; those that are nearly right: api/src/submissions/list/list.test.ts. */
const cursor = fc
  .oneof(fc.jsonValue(), fc.array(fc.jsonValue(), { minLength: 4, maxLength: 6 }))
  .map((parts) => Buffer.from(JSON.stringify(parts)).toString('base64url'))

/** Bodies that are wrong, among headers that mean something to somebody on the way. */
function headers({ somebody }: Targets): fc.Arbitrary<MalformedRequest> {
  const lines = fc.array(fc.oneof(strange, forwardedFor), { minLength: 1, maxLength: 8 })
  return fc.tuple(fc.constantFrom('/jotc', '/login'), lines).map(([target, lines]) => {
    const headers = [bearer(somebody), JSON_TYPE, ...lines]
    return malformed({ wrong: 'the body, among strange headers', method: 'POST', target, headers, body: '{}' })
  })
}

const NAMES = [
  ...['Origin', 'X-Request-Id', 'Accept', 'Accept-Encoding', 'If-None-Match', 'Range', 'Traceparent', 'Forwarded'],
  ...['X-Forwarded-For', 'X-Forwarded-Host', 'X-Forwarded-Proto', 'Via', 'Idempotency-Key', 'Cookie', 'Referer'],
  ...['User-Agent', 'X-HTTP-Method-Override', 'TE', 'Date', '__proto__', 'constructor'],
]
const visible = fc.string({ maxLength: 60 }).map((text) => text.replace(/[^ -~]/g, '').trim())
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

const latin1 = (text: string) => Buffer.from(text, 'latin1')
const POST = `POST /login HTTP/1.1\r\nHost: x\r\n${JSON_TYPE}\r\n`
/** What Node’s parser refuses, in one way or another: none of it may reach a route, or end a worker. */
const REFUSED = [
  'GET\r\n\r\n',
  'GET / HTTP/9.9\r\nHost: x\r\n\r\n',
  'get / http/1.1\r\nHost: x\r\n\r\n',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n',
  '\u0016\u0003\u0001\u0002',
  'GET /nope HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n',
  `GET /nope HTTP/1.1\r\nHost: x\r\n${'A: b\r\n'.repeat(300)}\r\n`,
  `${POST}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
  `${POST}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  `${POST}Content-Length: 99999999999999999999\r\n\r\n{}`,
  `${POST}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`,
  `${POST}Transfer-Encoding: gzip\r\n\r\n{}`,
]

/** Bytes that are no HTTP, or HTTP that contradicts itself. Nothing follows them. */
const bytes: fc.Arbitrary<MalformedRequest> = fc
  .oneof(
    fc.uint8Array({ minLength: 1, maxLength: 200 }).map((noise) => Buffer.from(noise)),
    fc.constantFrom(...REFUSED).map(latin1),
    fc.tuple(fc.constantFrom(...REFUSED), fc.nat(200), fc.nat(255)).map(([text, at, byte]) => {
      const changed = latin1(text)
      changed[at % changed.length] = byte
      return changed
    }),
    fc
      .integer({ min: 1, max: POST.length + 20 })
      .map((length) => latin1(`${POST}Content-Length: 90\r\n\r\n{"email":"x`).subarray(0, length)),
    fc.integer({ min: 17_000, max: 40_000 }).map((size) => latin1(`${POST}X: ${'x'.repeat(size)}\r\n\r\n`)),
  )
  .map((sent) => ({
    wrong: 'the bytes',
    method: 'POST',
    target: BYTES,
    bytes: sent,
    expects: [400, 401, 404, 405, 408, 413, 414, 415, 417, 431],
  }))
