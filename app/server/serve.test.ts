import assert from 'node:assert/strict'
import { mkdirSync, mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { readConfig } from './config.ts'
import { LANGUAGE_CASES } from './language-cases.ts'
import { appServer } from './serve.ts'

const folder = mkdtempDisposableSync(join(tmpdir(), 'jotc-app-'))
mkdirSync(join(folder.path, 'assets'))
for (const [file, text] of [
  ['index.html', '<!doctype html>'],
  ['index.de.html', '<!doctype html><html lang="de">'],
  ['assets/index-abc.js', 'hello()'],
  ['sw.en.js', 'precache()'],
] as const) {
  writeFileSync(join(folder.path, file), text)
  writeFileSync(join(folder.path, `${file}.br`), brotliCompressSync(text))
}
const server = await appServer(readConfig({ API_URL: 'https://api.example.org/v1' }), pathToFileURL(`${folder.path}/`))

after(async () => {
  await server.close()
  folder.remove()
})

const get = (url: string, headers = {}) => server.inject({ url, headers })

for (const [title, status, isPage, ...urls] of [
  ['a page opened by its address is the app', 200, true, '/', '/submissions', '/submissions?page=2', '/sign-in/'],
  ['an address that is no page is a 404 that the app explains', 404, true, '/nothing/here'],
  ['a missing file is a 404, and no page', 404, false, '/assets/nope.js', '/nope.png', '/assets/nope'],
] as const)
  test(title, async () => {
    for (const url of urls) {
      const { statusCode, body } = await get(url)
      assert.deepEqual([statusCode, body.includes('doctype')], [status, isPage], url)
    }
  })

test('every page is in the language that was chosen, else in the one of ours that the browser likes best', async () => {
  for (const [language, accepted, cookie] of LANGUAGE_CASES) {
    const headers = { ...(accepted !== undefined && { 'accept-language': accepted }), ...(cookie && { cookie }) }
    for (const url of ['/', '/submissions', '/nothing']) {
      const isGerman = (await get(url, headers)).body.includes('de')
      assert.equal(isGerman ? 'de' : 'en', language, JSON.stringify(headers))
    }
  }
})

test('what keeps a page for others is told what its language depends on, compressed or not', async () => {
  for (const encoding of ['br', 'identity']) {
    const { vary } = (await get('/', { 'accept-encoding': encoding })).headers
    assert.match(String(vary), /cookie, accept-language/)
  }
})

test('HEAD answers as GET does, without a body', async () => {
  for (const url of ['/', '/submissions', '/assets/index-abc.js', '/config.json', '/nothing']) {
    const [head, full] = [await server.inject({ method: 'HEAD', url }), await get(url)]
    assert.equal(head.statusCode, full.statusCode, url)
    assert.equal(head.headers['cache-control'], full.headers['cache-control'], url)
    assert.equal(head.body, '', url)
  }
})

test('who has a page or a file already is told so, and who wants a part gets that part', async () => {
  for (const url of ['/', '/submissions', '/assets/index-abc.js']) {
    const { headers, body } = await get(url)
    for (const condition of [{ 'if-none-match': headers.etag }, { 'if-modified-since': headers['last-modified'] }]) {
      const again = await get(url, condition)
      assert.deepEqual([again.statusCode, again.body], [304, ''], url)
    }
    const part = await get(url, { range: 'bytes=1-3' })
    assert.deepEqual([part.statusCode, part.body], [206, body.slice(1, 4)], url)
  }
})

test('the page of an address that nothing stands at comes whole, whatever the browser has of it', async () => {
  const { headers, body } = await get('/nothing')
  for (const condition of [
    { 'if-none-match': headers.etag },
    { 'if-none-match': '*' },
    { 'if-modified-since': headers['last-modified'] },
    { 'if-match': '"another"' },
    { 'if-unmodified-since': 'Thu, 01 Jan 1970 00:00:00 GMT' },
    { range: 'bytes=1-3' },
    { range: 'bytes=1-3', 'if-range': headers.etag },
  ]) {
    const again = await get('/nothing', condition)
    assert.deepEqual([again.statusCode, again.body], [404, body], JSON.stringify(condition))
  }
})

test('hashed files are kept for a year, pages and workers are asked for anew, the configuration never kept', async () => {
  for (const [url, kept] of [
    ['/assets/index-abc.js', 'public, max-age=31536000, immutable'],
    ['/submissions', 'no-cache'],
    ['/sw.en.js', 'no-cache'],
    ['/config.json', 'no-store'],
  ] as const) {
    assert.equal((await get(url)).headers['cache-control'], kept, url)
  }
})

test('files are sent as they were compressed at build', async () => {
  const answer = await get('/assets/index-abc.js', { 'accept-encoding': 'br' })
  assert.equal(answer.headers['content-encoding'], 'br')
  assert.match(String(answer.headers['content-type']), /javascript/)
})

test('a page and its worker may call their own server and the API, and no inline script runs', async () => {
  for (const url of ['/', '/sw.en.js']) {
    const policy = String((await get(url)).headers['content-security-policy'])
    assert.match(
      policy,
      /script-src 'self';.* connect-src 'self' https:\/\/api\.example\.org;.* frame-ancestors 'none'/,
    )
    assert.doesNotMatch(policy, /unsafe/)
  }
})

test('the configuration says where the API is', async () => {
  assert.deepEqual((await get('/config.json')).json(), {
    apiUrl: 'https://api.example.org/v1',
    mode: 'development',
    signIn: 'details',
    minimumAge: 18,
  })
})

test('other methods than GET and HEAD find nothing', async () => {
  assert.equal((await server.inject({ method: 'POST', url: '/' })).statusCode, 404)
})
