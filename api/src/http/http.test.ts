import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, test } from 'node:test'
import { detailsOf, ORIGIN, problemOf, system, wrongFields } from '@jotc/testing/service/system'

const { api, person } = await system({ after })
api.get('/fails', async () => {
  throw new Error('no luck')
})
const origin = await api.listen({ port: 0, host: '127.0.0.1' })
const ana = await person('ana')
const bearer = { authorization: `Bearer ${ana.token}` }
const from = { origin: ORIGIN }

/** What comes back for these bytes. The `rest` is sent only after the answer has begun, which must survive that. */
async function raw(head: string, rest: Buffer = Buffer.alloc(0)): Promise<string> {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1')
  let received = ''
  socket.once('data', () => socket.end(rest))
  socket.on('data', (chunk) => {
    received += chunk
  })
  socket.write(head)
  await once(socket, 'close')
  return received
}

test('every error is a problem that the page can read, and is not kept', async () => {
  for (const [status, answer] of [
    [400, await ana.posts('/jotc', {}, from)],
    [400, await api.inject({ url: '/%g1', headers: from })],
    [400, await api.inject({ url: '/x%E0%', headers: from })],
    [401, await api.inject({ url: '/jotc', headers: from })],
    // As it is where a preflight let it pass.
    [404, await ana.gets('/', from)],
    [404, await ana.gets('/jotc/live/nope', { ...from, accept: 'text/html' })],
    [405, await api.inject({ method: 'DELETE', url: '/jotc', headers: from })],
    [413, await ana.posts('/jotc', { clouds: '0'.repeat(70_000) }, from)],
    [415, await ana.posts('/jotc', {}, { ...from, 'content-type': 'text/plain' })],
    [500, await ana.gets('/fails', from)],
  ] as const) {
    problemOf(answer, status)
    assert.equal(answer.headers['access-control-allow-origin'], ORIGIN)
    assert.match(String(answer.headers['access-control-expose-headers']), /Retry-After.*X-Request-Id/)
    assert.match(String(answer.headers.vary), /\bOrigin\b/)
    assert.equal(answer.headers['cache-control'], 'no-store')
    assert.equal(answer.headers['x-content-type-options'], 'nosniff')
  }
})

test('private answers are not kept, nor guessed at', async () => {
  const signIn = await api.inject({ method: 'POST', url: '/login', payload: detailsOf('ana') })
  for (const answer of [signIn, await ana.gets('/jotc'), await ana.gets('/me')]) {
    assert.equal(answer.statusCode, 200)
    assert.equal(answer.headers['cache-control'], 'no-store')
    assert.equal(answer.headers['x-content-type-options'], 'nosniff')
  }
})

for (const url of ['/jotc', '/', '/nope']) {
  test(`the preflight of ${url} is answered before anybody is asked who they are`, async () => {
    const answer = await api.inject({
      method: 'OPTIONS',
      url,
      headers: { ...from, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
    })
    assert.equal(answer.statusCode, 204)
    assert.equal(answer.headers['access-control-allow-origin'], ORIGIN)
    assert.match(String(answer.headers['access-control-allow-headers']), /authorization/i)
    assert.match(String(answer.headers['access-control-allow-methods']), /POST/)
  })
}

test('a page of another origin is allowed nothing, and none is where no origin is named', async (t) => {
  const closed = await system(t, { CORS_ORIGINS: [] })
  for (const [service, origin] of [
    [api, 'https://evil.example'],
    [api, 'null'],
    [api, `${ORIGIN}.evil.example`],
    [closed.api, ORIGIN],
  ] as const)
    for (const url of ['/jotc', '/%g1']) {
      const { headers } = await service.inject({ url, headers: { origin } })
      assert.equal(headers['access-control-allow-origin'], undefined, `${url} from ${origin}`)
    }
})

test('other content types are refused', async () => {
  const others = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/json']
  for (const type of others) problemOf(await ana.posts('/jotc', { clouds: '00' }, { 'content-type': type }), 415)
  const untyped = { method: 'POST', url: '/jotc', payload: Buffer.from('{"clouds":"00"}'), headers: bearer } as const
  problemOf(await api.inject(untyped), 415)
})

test('an oddly written content type is refused, or the body is checked as JSON', async () => {
  for (const type of [' application/json', 'Application/JSON ;', 'application/json garbage', 'application/json; x=y']) {
    const answer = await ana.posts('/jotc', { clouds: [0, 5, 0] }, { 'content-type': type })
    assert.ok([400, 415].includes(answer.statusCode), `${type}: ${answer.statusCode}`)
    problemOf(answer, answer.statusCode)
  }
})

const EMPTY = 'The body is empty, but Content-Type announces JSON.'
const INVALID = 'The body is not valid JSON.'
for (const [what, payload, detail] of [
  ['that is announced and not sent', '', EMPTY],
  ['that is none, without repeating it,', '{"clouds": secret', INVALID],
  ['that reaches for a prototype', '{"clouds":"00","__proto__":{"x":1}}', INVALID],
  ['that reaches for a constructor', '{"clouds":"00","constructor":{"prototype":{"x":1}}}', INVALID],
] as const) {
  test(`JSON ${what} is refused and changes nothing`, async () => {
    const headers = { ...bearer, 'content-type': 'application/json' }
    const answer = await api.inject({ method: 'POST', url: '/jotc', headers, payload })
    assert.equal(problemOf(answer, 400).detail, detail)
    assert.equal(({} as { x?: unknown }).x, undefined)
  })
}

for (const megabytes of [5, 50]) {
  test(`a body of ${megabytes} MB gets a complete answer, though the client is still sending`, async () => {
    const body = Buffer.alloc(megabytes * 1024 * 1024, '0')
    const head =
      `POST /jotc HTTP/1.1\r\nHost: localhost\r\nOrigin: ${ORIGIN}\r\nAuthorization: Bearer ${ana.token}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`
    const answer = await raw(head, body)
    assert.match(answer, /^HTTP\/1\.1 413 /)
    assert.match(answer, new RegExp(`access-control-allow-origin: ${ORIGIN}`))
    assert.equal(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n'))).status, 413)
  })
}

test('a body that grows past the limit without having said so is answered as well', async () => {
  const chunk = `8000\r\n${'0'.repeat(0x8000)}\r\n`
  const answer = await fetch(`${origin}/jotc`, {
    method: 'POST',
    headers: { ...bearer, 'content-type': 'application/json' },
    body: ReadableStream.from(Array.from({ length: 400 }, () => Buffer.from(chunk))),
    duplex: 'half',
  } as RequestInit)
  assert.equal(answer.status, 413)
  assert.equal(((await answer.json()) as { status: number }).status, 413)
})

test('forwarded headers name neither host nor scheme of anything', async () => {
  const answer = await ana.gets('/nope', { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'gopher' })
  assert.ok(!JSON.stringify([answer.headers, answer.body]).match(/evil\.example|gopher/))
})

for (const url of ['/health/live', '/health/ready', '/jotc', '/openapi.json', '/docs/', '/nope']) {
  test(`HEAD ${url} answers as GET does, without a body`, async () => {
    const get = await ana.gets(url)
    const head = await api.inject({ method: 'HEAD', url, headers: bearer })
    assert.equal(head.statusCode, get.statusCode)
    assert.equal(head.headers['content-type'], get.headers['content-type'])
    assert.equal(head.body, '')
  })
}

for (const [method, url, allow] of [
  ['DELETE', '/jotc', 'GET, HEAD, OPTIONS, POST'],
  ['GET', '/login', 'OPTIONS, POST'],
  ['PUT', '/jotc/0199a1d0-0000-7000-8000-000000000000', 'DELETE, GET, HEAD, OPTIONS'],
  ['PATCH', '/health/live', 'GET, HEAD, OPTIONS'],
] as const) {
  test(`${method} ${url} is refused and says what is possible: ${allow}`, async () => {
    const answer = await api.inject({ method, url, headers: bearer })
    problemOf(answer, 405)
    assert.equal(String(answer.headers.allow).split(', ').sort().join(', '), allow)
  })
}

test('a request keeps the id that it brings where that is a plain one', async () => {
  const ask = async (id: string) => (await ana.gets('/me', { 'x-request-id': id })).headers['x-request-id']
  assert.equal(await ask('from-the-gateway-7'), 'from-the-gateway-7')
  assert.match(String(await ask('short')), /^[0-9a-f-]{36}$/)
  assert.match(String(await ask('a b\tc "quoted"')), /^[0-9a-f-]{36}$/)
})

for (const [what, bytes, status] of [
  ['bytes that are no HTTP', 'NONSENSE', 400],
  ['a request for no host', 'GET /me HTTP/1.1', 400],
  ['a request for two hosts', 'GET /nope HTTP/1.1\r\nHost: x\r\nhost: y', 400],
  ['an expectation that nobody knows', 'GET /me HTTP/1.1\r\nHost: x\r\nExpect: the unexpected', 417],
  ['a header of 20,000 characters', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}`, 431],
  ['a path with a dot in it', 'GET /./jotc HTTP/1.1\r\nHost: x', 404],
  ['a path with two encoded dots in it', 'GET /%2e%2e/users HTTP/1.1\r\nHost: x', 404],
] as const) {
  test(`${what}: answered by ${status}`, async () => {
    const answer = await raw(`${bytes}\r\nConnection: close\r\n\r\n`)
    assert.match(answer, RegExp(`^HTTP/1\\.1 ${status} `))
    if (bytes.includes('host: y')) assert.match(answer, /"type":"\/problems\/malformed-request"/)
  })
}

test('a body with a Content-Encoding is refused, and the answer says that none is accepted', async () => {
  const sends = (encoding: string, url = '/jotc') => ana.posts(url, { clouds: '00' }, { 'content-encoding': encoding })
  for (const answer of [await sends('gzip'), await sends('br, gzip', '/login'), await sends('gzip', '/jotc/batch')]) {
    assert.equal(problemOf(answer, 415).type, '/problems/unsupported-media-type')
    assert.equal(answer.headers['accept-encoding'], 'identity')
  }
  for (const encoding of ['identity', 'Identity']) assert.equal((await sends(encoding)).statusCode, 201)
  for (const method of ['GET', 'HEAD'] as const) {
    const answer = await api.inject({ method, url: '/me', headers: { ...bearer, 'content-encoding': 'gzip' } })
    assert.equal(answer.statusCode, 200, `no body is read of a ${method}`)
  }
})

test('a slash at the end of a path changes nothing', async () => {
  for (const url of ['/jotc', '/me', '/health/live']) {
    const [without, slash] = [await ana.gets(url), await ana.gets(`${url}/`)]
    assert.deepEqual([without.statusCode, slash.statusCode], [200, 200])
    assert.equal(slash.body, without.body)
  }
  problemOf(await api.inject({ method: 'DELETE', url: '/jotc/', headers: bearer }), 405)
})

for (const [url, message] of [
  ['/jotc?page=x', '“page” must be a whole number from 1 to 1000000.'],
  ['/jotc?solvable=1', '“solvable” must be true or false.'],
  ['/jotc?sort=up', '“sort” must be one of asc, desc.'],
  ['/jotc/12', '“id” must be a UUID.'],
  ['/jotc?email=%00', /^“email” must be \d+ to \d+ characters, none of them a control character\.$/],
  ['/jotc?page=1&page=2', '“page” appears more than once.'],
  ['/jotc?pages=1', 'Unknown parameter “pages”.'],
] as const) {
  test(`${url} is refused in words that say what is right`, async () => {
    const [error] = problemOf(await ana.gets(url), 400).errors ?? []
    if (typeof message === 'string') assert.equal(error?.message, message)
    else assert.match(error?.message ?? '', message)
  })
}

test('not more than twenty faults are listed', async () => {
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`field${n}`, n]))
  assert.equal(wrongFields(await ana.posts('/jotc', { clouds: '00', ...many })).length, 20)
})
