import { expect, test } from '../shared/fixtures.ts'
import { apiUrl } from '../shared/service.ts'

test('/docs and /docs/ describe the API, and a call can be tried out there', async ({ page }) => {
  for (const path of ['/docs', '/docs/']) {
    await page.goto(apiUrl() + path)
    await expect(page.getByRole('heading', { level: 1, name: 'Jumping On The Clouds' })).toBeVisible()
  }
  await page.getByRole('button', { name: /^GET \/health\/live/ }).click()
  await page.getByRole('button', { name: 'Try it out' }).click()
  const answered = page.waitForResponse(`${apiUrl()}/health/live`)
  await page.getByRole('button', { name: 'Execute' }).click()
  const answer = await answered
  expect(answer.status()).toBe(200)
  // The example beside it has another commit.
  const { commit } = (await answer.json()) as { commit: string }
  await expect(page.getByText(`"commit": "${commit}"`)).toBeVisible()
})

test('a program that reads the description finds the API beside it', async () => {
  const url = `${apiUrl()}/openapi.json`
  const { servers } = (await (await fetch(url)).json()) as { servers: { url: string }[] }
  expect(servers.map((server) => new URL(server.url, url).href)).toEqual([`${apiUrl()}/`])
})
