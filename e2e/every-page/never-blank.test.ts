import type { Page } from '@playwright/test'
import { expectAccessible } from '../shared/accessibility.ts'
import { downloadBy } from '../shared/files.ts'
import { expect, test } from '../shared/fixtures.ts'
import { nav } from '../shared/header.ts'
import { isCallTo } from '../shared/service.ts'

const notLoaded = (page: Page) => page.getByRole('heading', { level: 1, name: 'This page did not load' })

/** As after a deployment: the script of this name is not there any more, until the page is loaded anew. */
async function deploys(page: Page, script: string, isGoneForGood = false) {
  let documents = 0
  page.on('request', (request) => {
    if (request.isNavigationRequest()) documents++
  })
  await page.route(new RegExp(`/assets/${script}-[^/]+\\.js$`), (route) =>
    documents === 0 || isGoneForGood ? route.fulfill({ status: 404, body: 'Not found' }) : route.continue(),
  )
  return { timesLoaded: () => documents }
}

async function fetchedAhead(page: Page, script: string) {
  const response = await page.waitForResponse(new RegExp(`/assets/${script}-[^/]+\\.js$`))
  await response.finished()
}

test('a page whose script is gone is loaded anew, once; the board one had outlives that', async ({
  page,
  complaints,
  board,
}) => {
  complaints.expect(/status of 404/)
  await page.goto('/')
  await board.cloud(3).click()
  await board.isBoard('00110010100100010000')
  const { timesLoaded } = await deploys(page, 'SubmissionsPage')
  await nav(page, 'My boards').click()
  await expect(page.getByRole('heading', { level: 1, name: 'My boards' })).toBeVisible()
  expect(timesLoaded()).toBe(1)
  await page.reload()
  await nav(page, 'Board').click()
  await board.isBoard('00110010100100010000')
  // The board’s own address shows the sample.
  await page.goto('/sign-in')
  await page.goto('/')
  await expect(board.cloud(3)).toHaveAccessibleName('Cloud 3, cumulus')
})

test('one that is still missing then says so, and leads on', async ({ page, complaints, board }) => {
  complaints.expect(/status of 404/)
  await page.goto('/#0010010')
  await expect(board.clouds).toBeVisible()
  const { timesLoaded } = await deploys(page, 'SubmissionsPage', true)
  await nav(page, 'My boards').click()
  await expect(notLoaded(page)).toBeFocused()
  await expect(page).toHaveTitle(/^This page did not load/)
  expect(timesLoaded()).toBe(1)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect.poll(timesLoaded).toBe(2)
  await expect(notLoaded(page)).toBeVisible()
  await nav(page, 'Import').click()
  await expect(page.getByRole('heading', { level: 1, name: 'Import' })).toBeVisible()
  await page.goBack()
  await expect(notLoaded(page)).toBeVisible()
  await page.getByRole('link', { name: 'Back to the board' }).click()
  await expect(board.clouds).toBeVisible()
  expect(timesLoaded()).toBe(2)
})

test('offline all of the board works; another page says why it is not there, and comes with the network', async ({
  page,
  context,
  complaints,
  board,
  settings,
}) => {
  complaints.expect(/ERR_FAILED|ERR_INTERNET_DISCONNECTED|Failed to fetch/)
  const ahead = ['ErrorPage', 'later'].map((script) => fetchedAhead(page, script))
  await page.goto('/')
  await Promise.all(ahead)
  await context.setOffline(true)
  await page.getByText('More: samples').click()
  await board.button('HackerRank’s first sample').click()
  await board.isBoard('0010010')
  expect((await downloadBy(page, () => board.button('SVG').click())).name).toBe('board-7.svg')
  await board.button('Array').click()
  await expect(page.getByText('Board copied')).toBeVisible()
  await board.button('Undo').click()
  await board.button('Next route').click()
  await expect(page.getByRole('alert')).toHaveCount(0)
  await page.getByText('Why it takes 11 jumps').click()
  await expect(page.getByText('function fewestJumps')).toBeVisible()
  await board.button('Play it yourself').click()
  await expect(board.button('Show the answer')).toBeVisible()
  await settings.chooses('Deutsch')
  await expect(page.getByText('You are offline. Try again when you are back online.')).toBeVisible()
  await expect(board.clouds).toBeVisible()

  const opensImport = async () => {
    await nav(page, 'Import').click()
    await expect(notLoaded(page)).toBeVisible()
  }
  await opensImport()
  await expect(page.getByText('back online. The board still works.')).toBeVisible()
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(notLoaded(page)).toBeVisible()
  await nav(page, 'Board').click()
  await expect(board.clouds).toBeVisible()
  await opensImport()
  await page.route(/\/config\.json$/, (route) => route.abort(), { times: 1 })
  await context.setOffline(false)
  await expect(page.getByRole('heading', { level: 1, name: 'Import' })).toBeVisible()
})

test('where nothing was fetched ahead there are plain words, the board as it is, and the other pages', async ({
  page,
  context,
  complaints,
  board,
}) => {
  complaints.expect(/ERR_FAILED|ERR_INTERNET_DISCONNECTED|Failed to fetch/)
  await page.route(/\/assets\/(?:later|ErrorPage)-[^/]+\.js/, (route) => route.abort())
  await board.opens('00100010100100010000')
  await context.setOffline(true)
  await page.getByText('More: samples').click()
  const alert = page.getByRole('alert').filter({ hasText: 'This part did not load' })
  await expect(alert).toContainText('You are offline.')
  await expectAccessible(page)
  const toast = alert.filter({ has: page.getByRole('button', { name: 'Dismiss' }) })
  for (const part of ['Play it yourself', 'Next route']) {
    await board.button(part).click()
    await toast.getByRole('button', { name: 'Dismiss' }).click()
    await expect(toast).toHaveCount(0)
  }
  await board.cloud(3).click()
  await expect(board.cloud(3)).toHaveAccessibleName('Cloud 3, thunderhead')
  await nav(page, 'Import').click()
  await expect(alert).toContainText('You are offline.')
  await nav(page, 'Board').click()
  await expect(board.clouds).toBeVisible()
})

test('an error on a page is said there, and the others go on', async ({ page, ana, complaints, board }) => {
  complaints.expect(/TypeError/)
  const json = { items: [null], total: 1, totalIsExact: true, nextCursor: null }
  await page.route(isCallTo('/jotc'), (route) => route.fulfill({ json }))
  await ana.opens('/submissions')
  await expect(notLoaded(page)).toBeVisible()
  await expect(page.getByText('The board still works.')).toBeVisible()
  await nav(page, 'Board').click()
  await expect(board.clouds).toBeVisible()
  await page.goBack()
  await expect(notLoaded(page)).toBeVisible()
  await page.unrouteAll()
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('heading', { name: 'No boards yet' })).toBeVisible()
})

test('where not even the app itself loads there are words', async ({ page, complaints }) => {
  complaints.expect(/status of 404/)
  await page.route(/\/assets\/index-[^/]+\.js$/, (route) => route.fulfill({ status: 404, body: 'Not found' }))
  await page.goto('/')
  await expect(page.getByText('This page did not load. Reload it.')).toBeInViewport()
})
