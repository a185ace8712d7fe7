import type { Page } from '@playwright/test'
import { boardOn } from '../board/board.ts'
import { expect, test } from '../shared/fixtures.ts'
import { startSession } from '../shared/person.ts'

test.use({ serviceWorkers: 'allow', baseURL: async ({ front }, use) => use(front.url) })

/** Visits the board until the worker has all that it keeps. */
async function visits(page: Page): Promise<void> {
  await page.goto('/')
  await page.evaluate(() => navigator.serviceWorker.ready)
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated')
}

/** What all caches hold, as paths. */
function kept(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const names = await caches.keys()
    const lists = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
    return lists.flat().map(({ url }) => new URL(url).pathname)
  })
}

const script = (page: Page) => page.locator('script[type=module]')

test('after one visit the board opens and works without a network, and so do the words of other pages', async ({
  page,
  context,
  front,
  complaints,
  board,
}) => {
  complaints.expect(/ERR_INTERNET_DISCONNECTED|ERR_EMPTY_RESPONSE|Failed to fetch/)
  await visits(page)
  await context.setOffline(true)
  front.isAway = true
  await page.goto('/#0010010')
  await page.reload()
  await board.shows('4\\s*jumps')
  await board.cloud(2).click()
  await board.shows('3\\s*jumps')
  await page.getByText('More: samples').click()
  await board.button('HackerRank’s second sample').click()
  await board.isBoard('000010')
  for (const [path, heading] of [
    ['/import', 'Import boards'],
    ['/submissions?page=2', 'My boards'],
    ['/sign-in/', 'Sign in'],
  ] as const) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
  }
  const policy = (await page.reload())?.headers()['content-security-policy']
  expect(policy).toContain("default-src 'none'")
})

test('a page comes in the language of the last visit, also when the app’s server alone is away', async ({
  page,
  front,
  complaints,
  settings,
}) => {
  complaints.expect(/ERR_EMPTY_RESPONSE|Failed to fetch/)
  await visits(page)
  const worker = await page.evaluate(() => navigator.serviceWorker.controller?.scriptURL)
  await settings.chooses('Deutsch')
  await expect(page).toHaveTitle(/^Brett/)
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.scriptURL)).not.toBe(worker)
  front.isAway = true
  await page.reload()
  await expect(page).toHaveTitle(/^Brett/)
  await expect(page.getByRole('toolbar', { name: 'Wolken' })).toBeVisible()
})

test('after a deployment a page is the new one at once, and an open one with its next step', async ({
  page,
  context,
  front,
  complaints,
}) => {
  complaints.expect(/ERR_EMPTY_RESPONSE|Failed to fetch/)
  await visits(page)
  const old = (await script(page).getAttribute('src')) ?? ''
  front.isNextBuild = true
  const another = await context.newPage()
  await another.goto('/')
  await expect(script(another)).toHaveAttribute('src', /B\.js$/)
  await expect(boardOn(another).clouds).toBeVisible()

  // Who comes back to the old page has it ask for the new version.
  const takesOver = page.evaluate(() =>
    new Promise((resolve) => {
      navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true })
    }).then(() => undefined),
  )
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await takesOver
  await expect.poll(() => kept(page)).not.toContain(old)
  await expect(script(page)).toHaveAttribute('src', old)
  await page.getByRole('navigation').getByRole('link', { name: 'Import', exact: true }).click()
  await expect(script(page)).toHaveAttribute('src', /B\.js$/)
  await expect(page.getByRole('heading', { level: 1, name: 'Import boards' })).toBeVisible()

  front.isAway = true
  await page.reload()
  await expect(script(page)).toHaveAttribute('src', /B\.js$/)
  await expect(page.getByRole('heading', { level: 1, name: 'Import boards' })).toBeVisible()
})

test('nothing about a person is kept, signed in or out', async ({ page, front, ana, complaints, board }) => {
  complaints.expect(/ERR_EMPTY_RESPONSE|Failed to fetch/)
  await ana.submits('0010010')
  await startSession(page, front.url, '/login', ana.details)
  await visits(page)
  await page.goto('/submissions')
  await expect(page.getByRole('row')).toHaveCount(2)
  await page.goto('/account')
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await expect(board.clouds).toBeVisible()
  const files = await kept(page)
  expect(files.length).toBeGreaterThan(10)
  expect(files.filter((file) => !/^\/(?:assets\/|index\.html$|theme\.js$|mark\.svg$)/.test(file))).toEqual([])
  front.isAway = true
  await page.goto('/submissions')
  await expect(page.getByRole('heading', { name: 'Sign in to see your boards' })).toBeVisible()
})
