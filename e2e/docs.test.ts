import { expect, test } from './fixtures.ts'
import { apiUrl } from './service.ts'

for (const path of ['/docs', '/docs/'])
  test(`${path} describes the API, and a call can be tried out there`, async ({ page }) => {
    await page.goto(apiUrl() + path)
    await expect(page.getByRole('heading', { level: 1, name: 'Jumping On The Clouds' })).toBeVisible()
    await page.getByRole('button', { name: /^GET \/health\/live/ }).click()
    await page.getByRole('button', { name: 'Try it out' }).click()
    const answered = page.waitForResponse(`${apiUrl()}/health/live`)
    await page.getByRole('button', { name: 'Execute' }).click()
    expect((await answered).status()).toBe(200)
    await expect(page.getByText(/"status": "ok",\s+"version": "\d/)).toBeVisible()
  })

test('a program that reads the description finds the API beside it', async () => {
  const url = `${apiUrl()}/openapi.json`
  const { servers } = (await (await fetch(url)).json()) as { servers: { url: string }[] }
  expect(servers.map((server) => new URL(server.url, url).href)).toEqual([`${apiUrl()}/`])
})
