import { PATHS } from '../../app/src/ui/page/paths.ts'
import { expectAccessible } from '../shared/accessibility.ts'
import { expect, test } from '../shared/fixtures.ts'
import { apiUrl, appUrl } from '../shared/service.ts'

test('every page is all there on a second visit, and HEAD says what GET says', async ({ page }) => {
  for (const path of Object.values(PATHS)) {
    for (const visit of ['first', 'second']) {
      expect((await page.goto(path))?.status(), `${path}, ${visit} visit`).toBe(200)
      await expect(page.getByRole('heading', { level: 1 }), `${path}, ${visit} visit`).toBeVisible()
      // A script that is asked for anew, as the page is, has run.
      await expect(page.locator('html')).toHaveAttribute('data-theme', 'system')
    }
    const [get, head] = await Promise.all([answer('GET', path), answer('HEAD', path)])
    expect(get.headers.get('content-type')).toMatch(/^text\/html/)
    expect(headersOf(head), path).toEqual(headersOf(get))
    expect([head.status, await head.text()], path).toEqual([200, ''])
  }
})

test('an address that nothing stands at is a 404 that looks like one', async ({ page, complaints }) => {
  complaints.expect(/status of 404/)
  const opened = await page.goto('/dashboards')
  expect(opened?.status()).toBe(404)
  await expect(page.getByRole('heading', { level: 1, name: 'No cloud here' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Back to the board' }).click()
  await expect(page.getByRole('toolbar', { name: 'Clouds' })).toBeVisible()
})

test('a missing file is a 404 without a page, an unknown call of the API a problem in JSON', async () => {
  const file = await answer('GET', '/assets/nope.js')
  expect([file.status, file.headers.get('content-type')]).toEqual([404, expect.stringMatching(/^text\/plain/)])
  const call = await fetch(`${apiUrl()}/nope`)
  expect([call.status, call.headers.get('content-type')]).toEqual([
    404,
    expect.stringMatching(/^application\/problem\+json/),
  ])
})

test('no ETag, which is made of time and size, can be that of the same page in another language', async () => {
  for (const encoding of ['identity', 'gzip', 'br']) {
    const ask = (language: string) =>
      fetch(appUrl(), { headers: { 'accept-encoding': encoding, 'accept-language': language } })
    const [english, german] = await Promise.all(['en', 'de'].map(ask))
    const times = [english, german].map((page) => page?.headers.get('last-modified'))
    expect(new Set(times).size, encoding).toBe(2)
    expect(english?.headers.get('etag')).not.toBe(german?.headers.get('etag'))
  }
})

test('what the build hashed is kept for a year, the pages and the configuration are asked for anew', async () => {
  const html = await (await answer('GET', '/')).text()
  const script = /src="(\/assets\/[^"]+)"/.exec(html)?.[1] ?? ''
  expect((await answer('GET', script)).headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect((await answer('GET', '/')).headers.get('cache-control')).toBe('no-cache')
  expect((await answer('GET', '/config.json')).headers.get('cache-control')).toBe('no-store')
})

test('another origin gets no answer from the API', async ({ page, complaints }) => {
  complaints.expect(/CORS policy|ERR_FAILED/)
  await page.route('http://elsewhere.example/', (route) => route.fulfill({ contentType: 'text/html', body: '' }))
  await page.goto('http://elsewhere.example/')
  const refused = page.evaluate((url) => fetch(url).then(() => 'answered'), `${apiUrl()}/health/live`)
  await expect(refused).rejects.toThrow(/Failed to fetch/)
})

function answer(method: string, path: string): Promise<Response> {
  return fetch(appUrl() + path, { method, headers: { 'accept-encoding': 'identity' } })
}

/** All but what belongs to the moment and the connection. */
function headersOf(response: Response): [string, string][] {
  return [...response.headers].filter(([name]) => !['date', 'connection', 'keep-alive'].includes(name))
}
