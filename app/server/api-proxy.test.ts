import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { readConfig } from './config.ts'
import { appServer } from './serve.ts'

/** The app's server before an API that answers by `answer`. */
async function appBefore(t: TestContext, answer: (request: IncomingMessage, response: ServerResponse) => unknown) {
  const api = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1')
  await once(api, 'listening')
  const { port } = api.address() as AddressInfo
  const app = await appServer(readConfig({ API_PORT: `${port}` }), new URL('./', import.meta.url))
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  t.after(async () => {
    await app.close()
    api.closeAllConnections()
    api.close()
  })
  return url
}

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
  assert.partialDeepStrictEqual(await headersOf(), {
    host,
    'x-forwarded-for': '127.0.0.1',
    'x-forwarded-host': host,
    'x-forwarded-proto': 'http',
  })
  const byAnother = { 'x-forwarded-host': 'clouds.example.org', 'x-forwarded-proto': 'https' }
  const behindAnother = await headersOf({ ...byAnother, 'x-forwarded-for': '198.51.100.7, 203.0.113.9' })
  assert.partialDeepStrictEqual(behindAnother, { ...byAnother, 'x-forwarded-for': '203.0.113.9, 127.0.0.1' })
})

test('an answer comes as it is, and is asked for once: status, problem, when to ask again, all of its cookies', async (t) => {
  let calls = 0
  const url = await appBefore(t, (_request, response) => {
    calls++
    response.writeHead(503, {
      'content-type': 'application/problem+json',
      'set-cookie': ['session=; Max-Age=0', 'device=y; HttpOnly'],
      'retry-after': '1',
    })
    response.end('{"status":503}')
  })
  const answer = await fetch(`${url}/api/me`)
  assert.deepEqual([answer.status, await answer.text(), calls], [503, '{"status":503}', 1])
  assert.equal(answer.headers.get('content-type'), 'application/problem+json')
  assert.equal(answer.headers.get('retry-after'), '1')
  assert.deepEqual(answer.headers.getSetCookie(), ['session=; Max-Age=0', 'device=y; HttpOnly'])
})

test('two hundred feeds leave room for a call, and end at the API when their pages leave', async (t) => {
  let feeds = 0
  const allLeft = Promise.withResolvers<void>()
  const url = await appBefore(t, ({ url }, response) => {
    if (url === '/me') return void response.end('{}')
    feeds++
    response.once('close', () => --feeds === 0 && allLeft.resolve())
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': \n\n')
  })
  const leaving = new AbortController()
  await Promise.all(Array.from({ length: 200 }, () => fetch(`${url}/api/jotc/live`, { signal: leaving.signal })))
  assert.equal((await fetch(`${url}/api/me`)).status, 200)
  assert.equal(feeds, 200)
  leaving.abort()
  await allLeft.promise
})

test('answers to a batch come one by one while it is being sent', async (t) => {
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
