import type { Page } from '@playwright/test'
import { boardOn } from '../board/board.ts'
import { expectAccessible } from '../shared/accessibility.ts'
import { expect, test } from '../shared/fixtures.ts'
import type { Person } from '../shared/person.ts'
import { fail, hold, looksAgain } from '../shared/routing.ts'
import { signInForm } from '../shared/sign-in.ts'
import { submissionsOn } from '../submissions/submissions.ts'

type Scene = { page: Page; ana: Person; admin: Person }

/** Every page in every state that looks different; each brings itself about. */
const STATES: Record<string, (scene: Scene) => Promise<void>> = {
  'the board mid-route': async ({ page }) => {
    await boardOn(page).opens('00100010100100010000')
    await boardOn(page).button('Step forward').click()
  },
  'a board with the reason of its answer': async ({ page }) => {
    await boardOn(page).opens('00100010100100010000')
    await boardOn(page).button('Step forward').click()
    await page.getByText('Why it takes 11 jumps').click()
    await expect(page.locator('[aria-current="step"]')).toBeVisible()
  },
  'a board that is played, with a hint': async ({ page }) => {
    await boardOn(page).opens('play-00100010100100010000')
    await boardOn(page).button('Hint').click()
  },
  'a board that was played': async ({ page }) => {
    await boardOn(page).opens('play-00000')
    for (const cloud of [1, 2, 4]) await boardOn(page).cloud(cloud).click()
    await expect(boardOn(page).button('Share result')).toBeVisible()
  },
  'a blocked board': async ({ page }) => {
    await boardOn(page).opens('0101101000')
    await boardOn(page).shows('No route')
  },
  'a board of one cloud': async ({ page }) => boardOn(page).opens('0'),
  'a long board': async ({ page }) => {
    await boardOn(page).opens('0010'.repeat(30).concat('00'.repeat(60)))
    await expect(page.getByText(/^Clouds 0 to/)).toBeVisible()
  },
  'the board with a misread text and its message': async ({ page }) => {
    await boardOn(page).opens('00100')
    await page.evaluate(() => navigator.clipboard.writeText('0 2 0'))
    await page.keyboard.press('ControlOrMeta+V')
    await expect(page.getByRole('alert')).toBeVisible()
  },
  'the board, signed in and saved': async ({ page, ana }) => {
    await ana.signsIn()
    await boardOn(page).opens('0010010')
    await boardOn(page).button('Save board').click()
    await expect(page.getByRole('link', { name: 'See my boards' })).toBeVisible()
  },
  'the account': async ({ page, ana }) => {
    await ana.submits('000')
    await ana.signsIn()
    await page.goto('/account')
    await expect(page.getByRole('definition').filter({ hasText: /^1$/ })).toBeVisible()
  },
  'the question before an account is erased, answered wrongly': async ({ page, ana }) => {
    await ana.signsIn()
    await page.goto('/account')
    await page.getByRole('button', { name: 'Erase account…' }).click()
    await page.getByRole('button', { name: 'Erase account', exact: true }).click()
    await expect(page.getByText('This does not match your email address. Check it.')).toBeVisible()
  },
  'people that load': async ({ page, admin }) => {
    await hold(page, 'GET', '/users')
    await admin.signsIn()
    await page.goto('/people')
    await expect(page.getByRole('progressbar', { name: 'Loading people' })).toBeVisible()
  },
  people: async ({ page, ana, admin }) => {
    await ana.submits('000')
    await admin.signsIn()
    await page.goto(`/people?search=${ana.email}`)
    await expect(page.getByRole('cell', { name: 'Ana Silva', exact: true })).toBeVisible()
  },
  'what can be done with a person': async ({ page, ana, admin }) => {
    await ana.submits('000')
    await admin.signsIn()
    await page.goto(`/people?search=${ana.email}`)
    await page.getByRole('button', { name: 'More for Ana Silva' }).click()
    await expect(page.getByRole('button', { name: 'Remove 1 submission…' })).toBeVisible()
  },
  'the question before a role is changed': async ({ page, ana, admin }) => {
    await admin.signsIn()
    await page.goto(`/people?search=${ana.email}`)
    await page.getByRole('button', { name: 'More for Ana Silva' }).click()
    await page.getByRole('button', { name: 'Make admin' }).click()
    await expect(page.getByRole('alertdialog')).toBeVisible()
  },
  'people, to who is no administrator': async ({ page, ana }) => {
    await ana.signsIn()
    await page.goto('/people')
    await expect(page.getByRole('heading', { name: 'For administrators only' })).toBeVisible()
  },
  'sign-in': async ({ page }) => {
    await page.goto('/sign-in')
    await expect(signInForm(page).email).toBeVisible()
  },
  'sign-in with errors': async ({ page }) => {
    await page.goto('/sign-in')
    await signInForm(page).submit.click()
    await expect(page.getByText('Enter your birth date.')).toBeVisible()
  },
  'sign-in that failed': async ({ page, ana }) => {
    await fail(page, 'POST', '/login', 'unexpected')
    await page.goto('/sign-in')
    await signInForm(page).fill(ana.details)
    await signInForm(page).submit.click()
    await expect(page.getByRole('alert')).toBeVisible()
  },
  'submissions, signed out': async ({ page }) => submissionsOn(page).opens(),
  'submissions that load': async ({ page, ana }) => {
    await hold(page, 'GET', '/jotc')
    await hold(page, 'GET', '/jotc/stats')
    await ana.signsIn()
    await submissionsOn(page).opens()
    await expect(submissionsOn(page).loading).toBeVisible()
  },
  'submissions of everybody': async ({ page, ana, admin }) => {
    await ana.submits('0010010', '01100', '0'.repeat(150))
    await admin.signsIn()
    await submissionsOn(page).opens(`?email=${ana.email}`)
    await expect(submissionsOn(page).rows).toHaveCount(3)
    await expect(submissionsOn(page).loading).toHaveCount(0)
  },
  'submissions of a span without days': async ({ page, ana }) => {
    await ana.submits('000')
    await ana.signsIn()
    await submissionsOn(page).opens('?from=2026-01-02&to=2026-01-01')
    await expect(page.getByText('The first day is after the last one.')).toBeVisible()
  },
  'no submissions yet': async ({ page, ana }) => {
    await ana.signsIn()
    await submissionsOn(page).opens()
    await expect(page.getByRole('heading', { name: 'No boards yet' })).toBeVisible()
  },
  'no submissions that match': async ({ page, ana }) => {
    await ana.signsIn()
    await submissionsOn(page).opens('?route=blocked&from=2026-02-31')
    await expect(page.getByRole('heading', { name: 'No boards match' })).toBeVisible()
  },
  'submissions that did not load': async ({ page, ana }) => {
    await fail(page, 'GET', '/jotc', 'unexpected')
    await ana.signsIn()
    await submissionsOn(page).opens()
    await expect(page.getByRole('alert')).toBeVisible()
  },
  'submissions that are not up to date': async ({ page, ana }) => {
    await ana.submits('000')
    await ana.signsIn()
    await submissionsOn(page).opens()
    await submissionsOn(page).shows('Clouds', [3])
    await fail(page, 'GET', '/jotc', 'unexpected')
    await looksAgain(page)
    await expect(page.getByText('Not up to date')).toBeVisible()
  },
  'a page that did not load': async ({ page }) => {
    await page.route(/\/assets\/ImportPage-[^/]+\.js$/, (route) => route.fulfill({ status: 404 }))
    await page.goto('/import')
    await expect(page.getByRole('heading', { name: 'This page did not load' })).toBeVisible()
  },
  'the page that is not there': async ({ page }) => {
    await page.goto('/nowhere')
    await expect(page.getByRole('heading', { name: 'No cloud here' })).toBeVisible()
  },
}

for (const [state, comesAbout] of Object.entries(STATES))
  test(`${state}: axe finds nothing to say in both themes, and nothing sticks out from 320 to 2560 px`, async ({
    page,
    ana,
    admin,
    complaints,
  }) => {
    complaints.expect(/status of (500|404)/)
    await comesAbout({ page, ana, admin })
    await expectAccessible(page)
  })
