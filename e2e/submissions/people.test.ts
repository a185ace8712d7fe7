import { expectAccessible } from '../shared/accessibility.ts'
import { expect, test } from '../shared/fixtures.ts'
import { Person, somebody } from '../shared/person.ts'
import { looksAgain } from '../shared/routing.ts'
import { peopleOn } from './people.ts'

test('an administrator finds a person, and the submissions of that person', async ({
  page,
  ana,
  admin,
  list,
  people,
}) => {
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

test('search, order and page are in the address; typing does not fill the history', async ({
  page,
  ana,
  admin,
  people,
}) => {
  await admin.opens('/')
  await page.getByRole('link', { name: 'People' }).click()
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

test('the list is turned page by page', async ({ page, admin, people }) => {
  const family = somebody('Twin').email.slice(0, -'@example.org'.length)
  const twins = Array.from({ length: 16 }, (_, one) => `${family}.${String(one).padStart(2, '0')}@example.org`)
  await Promise.all(twins.map((email) => Person.joins(page, { ...somebody('Twin'), email })))
  await admin.signsIn()
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

test('submissions of a person are removed after a question that names their number', async ({
  page,
  ana,
  admin,
  people,
}) => {
  await ana.submits('000', '00', '0')
  await admin.signsIn()
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
  people,
  calls,
}) => {
  await ana.submits('000')
  await admin.signsIn()
  await people.opens(ana.email)
  const heal = await calls.fail('DELETE', `/users/${ana.session.user.id}/submissions`, 'unexpected')
  await people.more('Ana Silva').click()
  await expect(people.entry('Remove 1 submission…')).toBeVisible()
  await expectAccessible(page)
  await people.entry('Remove 1 submission…').click()
  const remove = people.dialog.getByRole('button', { name: 'Remove 1 submission' })
  await remove.click()
  await expect(people.dialog.getByRole('alert')).toContainText('Submissions not removed')
  expect(await ana.submissions()).toHaveLength(1)
  await heal()
  await remove.click()
  await expect(page.getByText('1 submission by Ana Silva is gone.')).toBeVisible()
})

test('people who are there outlive a refresh that fails, which is said beside them', async ({
  page,
  ana,
  admin,
  people,
  calls,
}) => {
  await admin.signsIn()
  await people.opens(ana.email)
  await expect(people.rows).toHaveCount(1)
  await calls.fail('GET', '/users', 'unexpected')
  await looksAgain(page)
  await expect(page.getByRole('status').filter({ hasText: 'Not up to date' })).toBeVisible()
  await expect(people.rows).toHaveCount(1)
})

test('a search that finds nobody leads back to all; on a phone too a person has a menu', async ({
  page,
  ana,
  admin,
  people,
}) => {
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

test('a list that did not load says why, and can be tried again', async ({ page, admin, people, calls }) => {
  const recover = await calls.fail('GET', '/users', 'unexpected')
  await admin.signsIn()
  await people.opens()
  await expect(page.getByRole('alert')).toContainText('People did not load')
  await recover()
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(people.rows.first()).toBeVisible()
})
