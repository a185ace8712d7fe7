import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, request as httpRequest, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { readConfig } from './config.ts'
import { appServer } from './serve.ts'

/** The app's server before an API that answers by `answer`. */
async function appBefore(t: TestContext, answer: (request: IncomingMessage, response: ServerResponse) => unknown) {
  const api = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1')
  await once(api, 'listening')
  const app = await appServer(readConfig({ API_PORT: String(portOf(api)) }), new URL('./', import.meta.url))
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  t.after(async () => {
    await app.close()
    api.closeAllConnections()
    api.close()
  })
  return url
}
const portOf = (server: Server) => (server.address() as AddressInfo).port

test('a call under /api reaches the API without that prefix, with its query, body and cookies', async (t) => {
  const url = await appBefore(t, async (request, response) => {
    const body = (await request.toArray()).join('')
    response.end(JSON.stringify([request.method, request.url, body, request.headers.cookie]))
  })
  const call = { method: 'PATCH', headers: { cookie: 'session=x' }, body: '{"role":"user"}' }
  const answer = await fetch(`${url}/api/users/7?a=%20b`, call)
  assert.deepEqual(await answer.json(), ['PATCH', '/users/7?a=%20b', '{"role":"user"}', 'session=x'])
})

test('the API learns who asks, by which name and how', async (t) => {
  const url = await appBefore(t, ({ headers }, response) => response.end(JSON.stringify(headers)))
  const { host } = new URL(url)
  const headersOf = async (headers = {}) => await (await fetch(`${url}/api/me`, { headers })).json()
  const direct = await headersOf()
  assert.deepEqual(
    [direct.host, direct['x-forwarded-for'], direct['x-forwarded-host'], direct['x-forwarded-proto']],
    [host, '127.0.0.1', host, 'http'],
  )
  const behindAnother = await headersOf({
    'x-forwarded-for': '198.51.100.7, 203.0.113.9',
    'x-forwarded-host': 'clouds.example.org',
    'x-forwarded-proto': 'https',
  })
  assert.deepEqual(
    [behindAnother['x-forwarded-for'], behindAnother['x-forwarded-host'], behindAnother['x-forwarded-proto']],
    ['203.0.113.9, 127.0.0.1', 'clouds.example.org', 'https'],
  )
})

test('an answer comes as it is: status, problem, all of its cookies', async (t) => {
  const url = await appBefore(t, (_request, response) => {
    response.writeHead(401, {
      'content-type': 'application/problem+json',
      'set-cookie': ['session=; Max-Age=0', 'device=y; HttpOnly'],
      'retry-after': '2',
    })
    response.end('{"status":401}')
  })
  const answer = await fetch(`${url}/api/me`)
  assert.equal(answer.status, 401)
  assert.equal(answer.headers.get('content-type'), 'application/problem+json')
  assert.equal(answer.headers.get('retry-after'), '2')
  assert.deepEqual(answer.headers.getSetCookie(), ['session=; Max-Age=0', 'device=y; HttpOnly'])
  assert.equal(await answer.text(), '{"status":401}')
})

test('what the API says of being busy is passed on at once, and asked once', async (t) => {
  let calls = 0
  const url = await appBefore(t, (_request, response) => {
    calls++
    response.writeHead(503, { 'retry-after': '1' }).end()
  })
  assert.equal((await fetch(`${url}/api/me`)).status, 503)
  assert.equal(calls, 1)
})

test('events come one by one, and a page that leaves ends the feed at the API', async (t) => {
  const left = Promise.withResolvers<void>()
  const next = Promise.withResolvers<void>()
  const url = await appBefore(t, async (_request, response) => {
    response.once('close', () => left.resolve())
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write('data: 1\n\n')
    await next.promise
    response.write('data: 2\n\n')
  })
  const leaving = new AbortController()
  const feed = await fetch(`${url}/api/jotc/live`, { signal: leaving.signal })
  const reader = feed.body?.pipeThrough(new TextDecoderStream()).getReader()
  assert.equal((await reader?.read())?.value, 'data: 1\n\n')
  next.resolve()
  assert.equal((await reader?.read())?.value, 'data: 2\n\n')
  leaving.abort()
  await left.promise
})

test('two hundred feeds leave room for a call', async (t) => {
  const url = await appBefore(t, ({ url }, response) => {
    if (url === '/me') response.end('{}')
    else response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': \n\n')
  })
  const leaving = new AbortController()
  await Promise.all(Array.from({ length: 200 }, () => fetch(`${url}/api/jotc/live`, { signal: leaving.signal })))
  assert.equal((await fetch(`${url}/api/me`)).status, 200)
  leaving.abort()
})

test('answers to a batch begin while it is being sent', async (t) => {
  const url = await appBefore(t, (request, response) => {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' })
    request.on('data', (chunk) => response.write(chunk))
    request.on('end', () => response.end())
  })
  const sending = httpRequest(`${url}/api/jotc/batch`, { method: 'POST', headers: { 'content-type': 'text/plain' } })
  sending.write('000\n')
  const [answer] = await once(sending, 'response')
  const chunks = answer[Symbol.asyncIterator]()
  assert.equal(String((await chunks.next()).value), '000\n')
  sending.end('00\n')
  assert.equal(String((await chunks.next()).value), '00\n')
  assert.equal((await chunks.next()).done, true)
})

test('an answer that breaks off breaks off for the page too', async (t) => {
  const url = await appBefore(t, (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/csv' })
    response.write('id\r\n', () => response.destroy())
  })
  const answer = await fetch(`${url}/api/jotc/export`)
  await assert.rejects(answer.text())
})

test('while the API is away a call is a 502, and the pages are served', async (t) => {
  const url = await appBefore(t, (_request, response) => response.destroy())
  const answer = await fetch(`${url}/api/me`)
  assert.deepEqual([answer.status, answer.headers.get('cache-control')], [502, 'no-store'])
  assert.equal((await fetch(`${url}/config.json`)).status, 200)
})

test('where pages ask an API elsewhere, nothing is passed on', async (t) => {
  const app = await appServer(readConfig({ API_URL: 'https://api.example.org' }), new URL('./', import.meta.url))
  t.after(() => app.close())
  assert.equal((await app.inject({ method: 'POST', url: '/api/login' })).statusCode, 404)
})
