import { expect, test } from '../shared/fixtures.ts'
import { apiUrl } from '../shared/service.ts'

test('the footer says the version, and leads to the API, where a call can be tried out', async ({ page }) => {
  await page.goto('/sign-in')
  const footer = page.getByRole('contentinfo')
  await expect(footer).toContainText(/Version \d+\.\d+\.\d+/)
  await footer.getByRole('link', { name: 'API' }).click()
  await expect(page).toHaveURL(`${apiUrl()}/docs`)
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

test('the description is all there with a slash at the end of its address, and without', async () => {
  for (const url of [`${apiUrl()}/docs`, `${apiUrl()}/docs/`]) {
    const html = await (await fetch(url)).text()
    const parts = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, part = '']) => new URL(part, url))
    expect(parts.length).toBeGreaterThan(3)
    for (const part of parts) expect((await fetch(part)).status, part.href).toBe(200)
  }
})

test('a program that reads the description finds the API beside it', async () => {
  const url = `${apiUrl()}/openapi.json`
  const { servers } = (await (await fetch(url)).json()) as { servers: { url: string }[] }
  expect(servers.map((server) => new URL(server.url, url).href)).toEqual([`${apiUrl()}/`])
})
