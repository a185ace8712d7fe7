import { expectAccessible } from '../shared/accessibility.ts'
import { expect, test } from '../shared/fixtures.ts'
import { Person } from '../shared/person.ts'
import { looksAgain } from '../shared/routing.ts'

const THREE = ['00', '0110', '0010010']

test('who has sent nothing yet is led to the board', async ({ page, ana }) => {
  await ana.opens('/submissions')
  await expect(page.getByRole('heading', { name: 'No boards yet' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Go to the board' }).click()
  await expect(page.getByRole('toolbar', { name: 'Clouds' })).toBeVisible()
})

test('a page past the end leads to the first; so does a filter, also of an address with a plus', async ({
  page,
  ana,
  admin,
  list,
}) => {
  const crowd = ana.email.split('@')[0] ?? ''
  const ben = await Person.joins(page, { ...ana.details, email: `${crowd}+ben@example.org` })
  await ana.submits('000')
  await ben.submits(...THREE)
  await admin.opens(`/submissions?email=${crowd}&page=9`)
  await list.button('Go to the first page').click()
  await list.shows('Clouds', [7, 4, 2, 3])
  await page.goBack()
  await expect(list.button('Go to the first page')).toBeVisible()
  await list.email.fill(`${crowd}+BEN`)
  await list.shows('Email', [ben.email, ben.email, ben.email])
  await expect(page.getByText('Page 1 of 1')).toBeVisible()
})

test('a failure is said with its code, and leaves what is there', async ({ page, ana, list, calls }) => {
  const chart = page.getByRole('img', { name: /^Boards per day/ })
  const recover = await calls.fail('GET', '/jotc', 'unexpected')
  await ana.opens('/submissions?route=blocked', ...THREE)
  const note = page.getByRole('alert')
  for (const text of ['Your boards did not load', 'Your filters are kept.', '0123456789abcdef'])
    await expect(note).toContainText(text)
  await expect(chart).toBeVisible()
  await expectAccessible(page)
  await recover()
  await list.button('Try again').click()
  await list.shows('Clouds', [4])

  const recoverAgain = await calls.fail('GET', '/jotc', 'unexpected')
  await looksAgain(page)
  const outdated = page.getByRole('status').filter({ hasText: 'Not up to date' })
  await expect(outdated).toContainText('0123456789abcdef')
  await list.shows('Clouds', [4])
  await expect(chart).toBeVisible()
  await expectAccessible(page)
  await recoverAgain()
  await outdated.getByRole('button', { name: 'Try again' }).click()
  await expect(outdated).toHaveCount(0)

  await calls.fail('GET', '/jotc/stats', 'unexpected')
  await page.reload()
  await list.shows('Clouds', [4])
  await expect(outdated).toBeVisible()
})

test('that the service is away or lets one wait is said until it answers', async ({ page, ana, list, calls }) => {
  const recover = await calls.cutOff('GET', '/jotc')
  await ana.opens('/submissions', ...THREE)
  await expect(page.getByRole('alert')).toContainText('We cannot reach the server. Try again in a moment.')
  await expectAccessible(page)
  await recover()
  await list.shows('Clouds', [7, 4, 2])
  await expect(page.getByRole('alert')).toHaveCount(0)

  const held = [await calls.hold('GET', '/jotc'), await calls.hold('GET', '/jotc/stats')]
  await page.reload()
  const words = page.getByRole('status').filter({ hasText: 'No answer yet. We keep trying.' })
  await expect(words).toBeVisible()
  await expectAccessible(page)
  for (const call of held) await call.letGo()
  await list.shows('Clouds', [7, 4, 2])
  await expect(words).toHaveCount(0)
})

test('who is signed out is asked to sign in, and comes back to the same list', async ({ page, list }) => {
  await list.opens('?route=blocked')
  await expect(page.getByRole('heading', { name: 'Sign in to see your boards' })).toBeVisible()
  await expect(list.table).toHaveCount(0)
  await expectAccessible(page)
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click()
  await page.getByRole('link', { name: 'Continue without an account' }).click()
  await expect(page).toHaveURL('/submissions?route=blocked')
})
