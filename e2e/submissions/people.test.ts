import { expectAccessible } from '../shared/accessibility.ts'
import { expect, test } from '../shared/fixtures.ts'
import { Person, somebody } from '../shared/person.ts'
import { looksAgain } from '../shared/routing.ts'
import { peopleOn } from './people.ts'

test('an administrator finds a person and their submissions', async ({ page, ana, admin, list, people }) => {
  await ana.submits('000', '00')
  await admin.opens('/')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'People' }).click()
  await people.find.fill(ana.email.toUpperCase())
  await expect(people.rows).toHaveCount(1)
  await expect(people.row(ana.email)).toContainText('Ana Silva')
  await expectAccessible(page)
  await page.getByRole('link', { name: '2 submissions by Ana Silva' }).click()
  await expect(list.email).toHaveValue(ana.email)
  await expect(list.rows).toHaveCount(2)
  await page.goBack()
  await people.choose('Ana Silva', 'Show 2 submissions')
  await expect(list.rows).toHaveCount(2)
  await people.opens(admin.email)
  await expect(people.row(admin.email)).toContainText('you')
})

test('search, order and page are in the address; typing does not fill the history', async ({ page, admin, people }) => {
  const family = somebody('Twin').email.slice(0, -'@example.org'.length)
  const twins = Array.from({ length: 16 }, (_, one) => `${family}.${String(one).padStart(2, '0')}@example.org`)
  await Promise.all(twins.map((email) => Person.joins(page, { ...somebody('Twin'), email })))
  await admin.opens('/')
  await page.getByRole('link', { name: 'People' }).click()
  await people.find.pressSequentially(family)
  await people.sortBy('Email')
  await expect(people.rows).toHaveCount(15)
  await expect(people.rows.first()).toContainText(`${family}.00@`)
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page).toHaveURL(/search=twin\.\w+&page=2&sortBy=email$/)
  await page.reload()
  await expect(people.find).toHaveValue(family)
  await expect(people.rows).toHaveCount(1)
  await expect(page.getByText('16 to 16 of 16')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Next' })).toHaveAttribute('aria-disabled', 'true')
  for (let step = 0; step < 3; step++) await page.goBack()
  await expect(page.getByRole('toolbar', { name: 'Clouds' })).toBeVisible()
})

test('a role is given and taken after a question, and counts in the other’s browser', async ({
  page,
  ana,
  admin,
  browser,
  baseURL,
  people,
}) => {
  const theirs = await browser.newPage({ ...(baseURL && { baseURL }) })
  await (await Person.joins(theirs, ana.details)).signsIn()
  await theirs.goto('/people')
  await expect(theirs.getByRole('heading', { name: 'For administrators only' })).toBeVisible()
  await expectAccessible(theirs)
  await admin.signsIn()
  await people.opens(ana.email)

  await people.choose('Ana Silva', 'Make admin')
  await expect(people.row(ana.email).getByRole('cell', { name: 'Member' })).toBeVisible()
  await expectAccessible(page)
  await people.dialog.getByRole('button', { name: 'Make admin' }).click()
  await expect(page.getByText('Ana Silva is now an administrator.')).toBeVisible()
  await expect(people.row(ana.email).getByRole('cell', { name: 'Admin', exact: true })).toBeVisible()
  await looksAgain(theirs)
  await expect(theirs.getByRole('table', { name: 'People' })).toBeVisible()

  await people.choose('Ana Silva', 'Remove admin role')
  await people.dialog.getByRole('button', { name: 'Remove admin role' }).click()
  await expect(people.row(ana.email).getByRole('cell', { name: 'Member' })).toBeVisible()
  await peopleOn(theirs).sortBy('Email')
  await expect(theirs.getByRole('heading', { name: 'For administrators only' })).toBeVisible()
  await expect(theirs.getByRole('link', { name: 'People' })).toHaveCount(0)
  await theirs.context().close()
})

test('submissions of a person are removed after a question; those that are not can be removed later', async ({
  page,
  ana,
  admin,
  people,
  calls,
}) => {
  await ana.submits('000', '00', '0')
  await admin.signsIn()
  await people.opens(ana.email)
  const heal = await calls.fail('DELETE', `/users/${ana.session.user.id}/submissions`, 'unexpected')
  await people.more('Ana Silva').click()
  await expectAccessible(page)
  await people.entry('Remove 3 submissions…').click()
  await expect(people.dialog).toHaveAccessibleDescription(/^3 submissions are removed at once, for good\./)
  await page.keyboard.press('Escape')
  await expect(people.dialog).toHaveCount(0)
  await expect(people.more('Ana Silva')).toBeFocused()
  await people.choose('Ana Silva', 'Remove 3 submissions…')
  const remove = people.dialog.getByRole('button', { name: 'Remove 3 submissions' })
  await remove.click()
  await expect(people.dialog.getByRole('alert')).toContainText('Submissions not removed')
  expect(await ana.count()).toBe(3)
  await heal()
  await remove.click()
  await expect(page.getByText('3 submissions by Ana Silva are gone.')).toBeVisible()
  await expect(people.dialog).toHaveCount(0)
  await people.more('Ana Silva').click()
  await expect(people.entry('Make admin')).toBeVisible()
  await expect(people.dialog).toHaveCount(0)
  await expect(people.row(ana.email).getByRole('button', { name: /^Remove/ })).toHaveCount(0)
  expect(await ana.count()).toBe(0)
})

test('a list that did not load says so; one that is there stays', async ({ page, ana, admin, people, calls }) => {
  const held = await calls.hold('GET', '/users')
  const recover = await calls.fail('GET', '/users', 'unexpected')
  await admin.signsIn()
  await people.opens(ana.email)
  await expect(page.getByRole('alert')).toContainText('People did not load')
  await recover()
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('progressbar', { name: 'Loading people' })).toBeVisible()
  await expectAccessible(page)
  await held.letGo()
  await expect(people.rows).toHaveCount(1)
  await calls.fail('GET', '/users', 'unexpected')
  await looksAgain(page)
  await expect(page.getByRole('status').filter({ hasText: 'Not up to date' })).toBeVisible()
  await expect(people.rows).toHaveCount(1)
})

test('on a phone a search that finds nobody leads back to all', async ({ page, ana, admin, people }) => {
  await page.setViewportSize({ width: 390, height: 800 })
  await admin.signsIn()
  await people.opens('100%_nobody')
  await expect(page.getByRole('heading', { name: 'Nobody found' })).toBeVisible()
  await page.getByRole('button', { name: 'Show all people' }).click()
  await expect(people.rows.first()).toBeVisible()
  await people.find.fill(ana.email)
  await expect(people.rows).toHaveCount(1)
  await people.more('Ana Silva').click()
  await expect(people.entry('Make admin')).toBeInViewport()
})
