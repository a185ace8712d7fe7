import type { Page } from '@playwright/test'
import { expect, test } from '../shared/fixtures.ts'
import { Person, somebody } from '../shared/person.ts'
import { fail, hold, looksAgain } from '../shared/routing.ts'
import { submissionsOn } from './submissions.ts'

/** The people page, by what stands on it. */
function peopleOn(page: Page) {
  const table = page.getByRole('table', { name: 'People' })
  return {
    rows: table.getByRole('row').filter({ has: page.getByRole('cell') }),
    find: page.getByRole('textbox', { name: 'Find' }),
    row: (text: string) => table.getByRole('row').filter({ hasText: text }),
    more: (name: string) => table.getByRole('button', { name: `More for ${name}` }),
    entry: (name: string) => table.getByRole('button', { name, exact: true }),
    /** Chooses an entry of the menu of a row. */
    async choose(name: string, entry: string) {
      await this.more(name).click()
      await this.entry(entry).click()
    },
    sortBy: (name: string) => table.getByRole('columnheader', { name }).getByRole('button').click(),
    dialog: page.getByRole('alertdialog'),
    async opens(search = '') {
      await page.goto(`/people?${new URLSearchParams({ search })}`)
      await expect(page.getByRole('heading', { level: 1, name: 'People' })).toBeVisible()
    },
  }
}

test('an administrator finds a person, and the submissions of that person', async ({ page, ana, admin }) => {
  await ana.submits('000', '00')
  await admin.signsIn()
  await page.goto('/')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'People' }).click()
  const people = peopleOn(page)
  await people.find.fill(ana.email.toUpperCase())
  await expect(people.rows).toHaveCount(1)
  await expect(people.row(ana.email)).toContainText('Ana Silva')
  await page.getByRole('link', { name: '2 submissions by Ana Silva' }).click()
  await expect(submissionsOn(page).email).toHaveValue(ana.email)
  await expect(submissionsOn(page).rows).toHaveCount(2)
  await page.goBack()
  await people.choose('Ana Silva', 'Show 2 submissions')
  await expect(submissionsOn(page).rows).toHaveCount(2)
  await people.opens(admin.email)
  await expect(people.row(admin.email)).toContainText('you')
})

test('search, order and page are in the address; typing does not fill the history', async ({ page, ana, admin }) => {
  await admin.signsIn()
  await page.goto('/')
  await page.getByRole('link', { name: 'People' }).click()
  const people = peopleOn(page)
  await people.find.pressSequentially(ana.email)
  await people.sortBy('Submissions')
  await expect(page).toHaveURL(/search=ana\.\w+%40example\.org&sortBy=submissions&sort=desc$/)
  await page.reload()
  await expect(people.find).toHaveValue(ana.email)
  await expect(people.rows).toHaveCount(1)
  await page.goBack()
  await page.goBack()
  await expect(page.getByRole('toolbar', { name: 'Clouds' })).toBeVisible()
})

test('the list is turned page by page', async ({ page, admin }) => {
  const family = somebody('Twin').email.slice(0, -'@example.org'.length)
  for (let one = 0; one < 16; one++)
    await Person.joins(page, { ...somebody('Twin'), email: `${family}.${String(one).padStart(2, '0')}@example.org` })
  await admin.signsIn()
  const people = peopleOn(page)
  await people.opens(family)
  await people.sortBy('Email')
  await expect(people.rows).toHaveCount(15)
  await expect(people.rows.first()).toContainText(`${family}.00@`)
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(people.rows).toHaveCount(1)
  await expect(page.getByText('16 to 16 of 16')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Next' })).toHaveAttribute('aria-disabled', 'true')
})

test('a role is given and taken after a question, and counts in the other’s browser', async ({
  page,
  ana,
  admin,
  browser,
  baseURL,
}) => {
  const theirs = await browser.newPage({ ...(baseURL && { baseURL }) })
  await (await Person.joins(theirs, ana.details)).signsIn()
  await theirs.goto('/people')
  await expect(theirs.getByRole('heading', { name: 'For administrators only' })).toBeVisible()
  await admin.signsIn()
  const people = peopleOn(page)
  await people.opens(ana.email)

  await people.choose('Ana Silva', 'Make admin')
  await expect(people.row(ana.email).getByRole('cell', { name: 'Member' })).toBeVisible()
  await people.dialog.getByRole('button', { name: 'Make admin' }).click()
  await expect(page.getByText('Ana Silva is now an administrator.')).toBeVisible()
  await expect(people.row(ana.email).getByRole('cell', { name: 'Admin', exact: true })).toBeVisible()
  await theirs.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })))
  await expect(theirs.getByRole('table', { name: 'People' })).toBeVisible()

  await people.choose('Ana Silva', 'Remove admin role')
  await people.dialog.getByRole('button', { name: 'Remove admin role' }).click()
  await expect(people.row(ana.email).getByRole('cell', { name: 'Member' })).toBeVisible()
  await peopleOn(theirs).sortBy('Email')
  await expect(theirs.getByRole('heading', { name: 'For administrators only' })).toBeVisible()
  await expect(theirs.getByRole('link', { name: 'People' })).toHaveCount(0)
  await theirs.context().close()
})

test('a role that the service does not change is said in the question, and stays', async ({
  page,
  ana,
  admin,
  complaints,
}) => {
  complaints.expect(/status of 500/)
  await admin.signsIn()
  const people = peopleOn(page)
  await people.opens(ana.email)
  await fail(page, 'PATCH', `/users/${ana.session.user.id}`, 'unexpected')
  await people.choose('Ana Silva', 'Make admin')
  await people.dialog.getByRole('button', { name: 'Make admin' }).click()
  await expect(people.dialog.getByRole('alert')).toContainText('Role not changed')
  await people.dialog.getByRole('button', { name: 'Keep as member' }).click()
  await expect(people.row(ana.email).getByRole('cell', { name: 'Member' })).toBeVisible()
})

test('submissions of a person are removed after a question that names their number', async ({ page, ana, admin }) => {
  await ana.submits('000', '00', '0')
  await admin.signsIn()
  const people = peopleOn(page)
  await people.opens(ana.email)
  await people.choose('Ana Silva', 'Remove 3 submissions…')
  await expect(people.dialog).toHaveAccessibleDescription(/^3 submissions are removed at once, for good\./)
  await page.keyboard.press('Escape')
  await expect(people.dialog).toHaveCount(0)
  await expect(people.more('Ana Silva')).toBeFocused()
  expect(await ana.submissions()).toHaveLength(3)
  await people.choose('Ana Silva', 'Remove 3 submissions…')
  await people.dialog.getByRole('button', { name: 'Remove 3 submissions' }).click()
  await expect(page.getByText('3 submissions by Ana Silva are gone.')).toBeVisible()
  await expect(people.dialog).toHaveCount(0)
  await people.more('Ana Silva').click()
  await expect(people.entry('Make admin')).toBeVisible()
  await expect(people.dialog).toHaveCount(0)
  await expect(people.row(ana.email).getByRole('button', { name: /^Remove/ })).toHaveCount(0)
  expect(await ana.submissions()).toEqual([])
})

test('submissions that the service does not remove stay, and can be removed later', async ({
  page,
  ana,
  admin,
  complaints,
}) => {
  complaints.expect(/status of 500/)
  await ana.submits('000')
  await admin.signsIn()
  const people = peopleOn(page)
  await people.opens(ana.email)
  const heal = await fail(page, 'DELETE', `/users/${ana.session.user.id}/submissions`, 'unexpected')
  await people.choose('Ana Silva', 'Remove 1 submission…')
  const remove = people.dialog.getByRole('button', { name: 'Remove 1 submission' })
  await remove.click()
  await expect(people.dialog.getByRole('alert')).toContainText('Submissions not removed')
  expect(await ana.submissions()).toHaveLength(1)
  await heal()
  await remove.click()
  await expect(page.getByText('1 submission by Ana Silva is gone.')).toBeVisible()
})

test('what is being removed can no longer be kept: the question stays until it is done', async ({
  page,
  ana,
  admin,
}) => {
  await ana.submits('000')
  await admin.signsIn()
  const people = peopleOn(page)
  const removing = await hold(page, 'DELETE', `/users/${ana.session.user.id}/submissions`)
  await people.opens(ana.email)
  await people.choose('Ana Silva', 'Remove 1 submission…')
  await people.dialog.getByRole('button', { name: 'Remove 1 submission' }).click()
  await expect.poll(() => removing.count).toBe(1)
  await people.dialog.getByRole('button', { name: 'Keep submissions' }).click({ force: true })
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(people.dialog).toBeVisible()
  await removing.letGo()
  await expect(people.dialog).toHaveCount(0)
  await expect(people.more('Ana Silva')).toBeFocused()
  expect(await ana.submissions()).toEqual([])
})

test('people who are there outlive a refresh that fails, which is said beside them', async ({
  page,
  ana,
  admin,
  complaints,
}) => {
  complaints.expect(/status of 500/)
  await admin.signsIn()
  const people = peopleOn(page)
  await people.opens(ana.email)
  await expect(people.rows).toHaveCount(1)
  await fail(page, 'GET', '/users', 'unexpected')
  await looksAgain(page)
  await expect(page.getByRole('status').filter({ hasText: 'Not up to date' })).toBeVisible()
  await expect(people.rows).toHaveCount(1)
})

test('on a phone each person folds to two lines with all there is to do', async ({ page, ana, admin }) => {
  await ana.submits('000')
  await page.setViewportSize({ width: 390, height: 800 })
  await admin.signsIn()
  const people = peopleOn(page)
  await people.opens(ana.email)
  await expect(people.row(ana.email)).toContainText('1')
  await people.choose('Ana Silva', 'Remove 1 submission…')
  await people.dialog.getByRole('button', { name: 'Remove 1 submission' }).click()
  await expect(people.dialog).toHaveCount(0)
  expect(await ana.submissions()).toEqual([])
  const scrolls = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
  expect(scrolls).toBe(false)
})

test('a search that finds nobody says so, and leads back to all', async ({ page, admin }) => {
  await admin.signsIn()
  const people = peopleOn(page)
  await people.opens('100%_nobody')
  await expect(page.getByRole('heading', { name: 'Nobody found' })).toBeVisible()
  await page.getByRole('button', { name: 'Show all people' }).click()
  await expect(people.rows.first()).toBeVisible()
})

test('a list that did not load says why, and can be tried again', async ({ page, admin, complaints }) => {
  complaints.expect(/status of 500/)
  const recover = await fail(page, 'GET', '/users', 'unexpected')
  await admin.signsIn()
  await peopleOn(page).opens()
  await expect(page.getByRole('alert')).toContainText('People did not load')
  await recover()
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(peopleOn(page).rows.first()).toBeVisible()
})

test('the page is for administrators', async ({ page, ana }) => {
  await ana.signsIn()
  await page.goto('/people')
  await expect(page.getByRole('heading', { name: 'For administrators only' })).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'People' })).toHaveCount(0)
})
