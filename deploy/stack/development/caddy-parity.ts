import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import type { OutgoingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { brotliDecompressSync } from 'node:zlib'
import { readConfig } from '../../../app/server/config.ts'
import { LANGUAGE_CASES } from '../../../app/server/language-cases.ts'
import { appServer } from '../../../app/server/serve.ts'
import { PATHS } from '../../../app/src/ui/page/paths.ts'
import { APP, docker, type Stack } from '../stack.ts'

/** What Caddy may not say otherwise; it says more in some. */
const SAME_HEADERS = [
  'cache-control',
  'content-encoding',
  'content-security-policy',
  'content-type',
  'referrer-policy',
  'x-content-type-options',
]
const PAGES = ['/sign-in/', '/submissions?page=2', '/nothing/here', '/assets', '/.hidden/x', '/index.html']
const FILES = [
  '/config.json',
  '/mark.svg',
  '/icon-192.png',
  '/sw.en.js',
  '/sw.de.js',
  '/manifest.webmanifest',
  '/nope.js',
  '/assets/nope',
  '/assets/no.js',
  '/assets/',
]

/** Caddy serves the app as app/server/serve.ts does, which it takes the place of. */
export function testCaddyParity(stack: Stack): void {
  test('Caddy serves as `npm start` does', async (t) => {
    const { server, script } = await served(t, stack)
    for (const url of [...Object.values(PATHS), ...PAGES, ...FILES, script]) {
      const headers = { 'accept-encoding': 'br' }
      const theirs = await server.inject({ url, headers })
      const ours = await fetch(APP + url, { headers })
      assert.deepEqual([ours.status, await ours.text()], [theirs.statusCode, textOf(theirs)], url)
      for (const name of SAME_HEADERS) {
        // Two names for the same: the older one is the one that Fastify's plugin knows.
        const said = theirs.headers[name]?.toString().replace('application/javascript', 'text/javascript')
        assert.equal(ours.headers.get(name) ?? undefined, said, `${name} of ${url}`)
      }
    }
  })

  test('Caddy sends nothing again that the browser has, a part where a part is wanted, and a 404 page always whole', async (t) => {
    const { script } = await served(t, stack)
    for (const encoding of ['br', 'identity']) {
      for (const url of [...Object.values(PATHS), '/index.html', '/theme.js', script, '/nothing/here']) {
        const ask = async (condition = {}) => {
          const answer = await fetch(APP + url, { headers: { 'accept-encoding': encoding, ...condition } })
          return { status: answer.status, text: await answer.text(), headers: answer.headers }
        }
        const { text, headers } = await ask()
        assert.notEqual(text, '', url)
        const known = [{ 'if-none-match': headers.get('etag') }, { 'if-modified-since': headers.get('last-modified') }]
        const part = { 'accept-encoding': 'identity', range: 'bytes=1-9' }
        const again = await Promise.all([...known, part].map(ask))
        assert.deepEqual(
          again.map((answer) => [answer.status, answer.text]),
          url === '/nothing/here'
            ? Array(3).fill([404, text])
            : [
                [304, ''],
                [304, ''],
                [206, text.slice(1, 10)],
              ],
          `${url} as ${encoding}`,
        )
      }
    }
  })

  test('each person gets the page in the language in which `npm start` has it', async (t) => {
    const { server } = await served(t, stack)
    for (const [, accepted = '', cookie = ''] of LANGUAGE_CASES) {
      const headers = { 'accept-language': accepted, cookie }
      const ours = await fetch(`${APP}/submissions`, { headers })
      assert.equal(
        await ours.text(),
        textOf(await server.inject({ url: '/submissions', headers })),
        JSON.stringify(headers),
      )
      assert.match(ours.headers.get('vary') ?? '', /cookie, accept-language/)
    }
  })
}

/** The app of the container under `npm start`'s server, and the address of one of its scripts. */
async function served(t: TestContext, stack: Stack) {
  const folder = await mkdtemp(join(tmpdir(), 'jotc-served-'))
  t.after(() => rm(folder, { recursive: true }))
  await docker(['cp', `${await stack.container('app')}:/srv/.`, folder])
  const server = await appServer(readConfig({ APP_ENV: 'development', API_URL: '/api' }), pathToFileURL(`${folder}/`))
  t.after(() => server.close())
  const page = await readFile(join(folder, 'index.html'), 'utf8')
  return { server, script: /\/assets\/[^"]+\.js/.exec(page)?.[0] ?? '' }
}

/** The text of an answer that may have come compressed. */
function textOf({ headers, rawPayload }: { headers: OutgoingHttpHeaders; rawPayload: Buffer }): string {
  return (headers['content-encoding'] === 'br' ? brotliDecompressSync(rawPayload) : rawPayload).toString()
}
