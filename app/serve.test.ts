import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { readConfig } from './config.ts'
import { appServer } from './serve.ts'

let folder: string
let server: FastifyInstance

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jotc-app-'))
  await mkdir(join(folder, 'assets'))
  for (const [file, text] of [
    ['index.html', '<!doctype html>'],
    ['assets/index-abc.js', 'hello()'],
  ] as const) {
    await writeFile(join(folder, file), text)
    await writeFile(join(folder, `${file}.br`), brotliCompressSync(text))
  }
  server = await appServer(readConfig({ API_URL: 'https://api.example.org/v1' }), pathToFileURL(`${folder}/`))
})

after(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

const get = (url: string, headers = {}) => server.inject({ url, headers })

test('C103: a page opened by its address is the app', async () => {
  for (const url of ['/', '/submissions', '/submissions?page=2', '/sign-in/']) {
    const answer = await get(url)
    assert.equal(answer.statusCode, 200, url)
    assert.match(answer.body, /doctype/, url)
  }
})

test('C103: a missing file is a 404, and no page', async () => {
  for (const url of ['/assets/nope.js', '/nope.png', '/assets/nope']) {
    const answer = await get(url)
    assert.equal(answer.statusCode, 404, url)
    assert.doesNotMatch(answer.body, /doctype/, url)
  }
})

test('an address that is no page is a 404 that the app explains', async () => {
  const answer = await get('/nothing/here')
  assert.equal(answer.statusCode, 404)
  assert.match(answer.body, /doctype/)
})

test('C101: HEAD answers as GET does, without a body', async () => {
  for (const url of ['/', '/submissions', '/assets/index-abc.js', '/config.json', '/nothing']) {
    const [head, full] = [await server.inject({ method: 'HEAD', url }), await get(url)]
    assert.equal(head.statusCode, full.statusCode, url)
    assert.equal(head.headers['cache-control'], full.headers['cache-control'], url)
    assert.equal(head.body, '', url)
  }
})

test('hashed files are kept for a year, the page is asked for anew, the configuration never kept', async () => {
  assert.match(String((await get('/assets/index-abc.js')).headers['cache-control']), /max-age=31536000, immutable/)
  assert.equal((await get('/submissions')).headers['cache-control'], 'no-cache')
  assert.equal((await get('/config.json')).headers['cache-control'], 'no-store')
})

test('files are sent as they were compressed at build', async () => {
  const answer = await get('/assets/index-abc.js', { 'accept-encoding': 'br' })
  assert.equal(answer.headers['content-encoding'], 'br')
  assert.match(String(answer.headers['content-type']), /javascript/)
})

test('a page may call its own server and the API, and no inline script runs', async () => {
  const policy = String((await get('/')).headers['content-security-policy'])
  assert.match(policy, /connect-src 'self' https:\/\/api\.example\.org;/)
  assert.match(policy, /script-src 'self';/)
  assert.match(policy, /frame-ancestors 'none'/)
  assert.doesNotMatch(policy, /unsafe/)
})

test('the configuration says where the API is', async () => {
  assert.deepEqual((await get('/config.json')).json(), {
    apiUrl: 'https://api.example.org/v1',
    mode: 'development',
    signIn: 'details',
  })
})

test('other methods than GET and HEAD find nothing', async () => {
  assert.equal((await server.inject({ method: 'POST', url: '/' })).statusCode, 404)
})
