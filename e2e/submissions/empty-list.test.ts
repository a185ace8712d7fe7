import { expectAccessible } from '../shared/accessibility.ts'
import { expect, test } from '../shared/fixtures.ts'

const THREE = ['00', '0110', '0010010']

test('who has sent nothing yet is led to the board', async ({ page, ana }) => {
  await ana.opens('/submissions')
  await expect(page.getByRole('heading', { name: 'No boards yet' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Go to the board' }).click()
  await expect(page.getByRole('toolbar', { name: 'Clouds' })).toBeVisible()
})

test('a page past the end leads to the first one', async ({ ana, list }) => {
  await ana.opens('/submissions?page=9', '000')
  await list.button('Go to the first page').click()
  await list.shows('Clouds', [3])
})

test('a failure is said with its code, keeps the filters, and “Try again” recovers', async ({
  page,
  ana,
  list,
  calls,
}) => {
  const recover = await calls.fail('GET', '/jotc', 'unexpected')
  await ana.opens('/submissions?route=blocked', ...THREE)
  const note = page.getByRole('alert')
  await expect(note).toContainText('Your boards did not load')
  await expect(note).toContainText('Your filters are kept.')
  await expect(note).toContainText('0123456789abcdef')
  await expectAccessible(page)
  await recover()
  await list.button('Try again').click()
  await list.shows('Clouds', [4])
})

test('a service out of reach is said, and the list comes by itself once it is back', async ({
  page,
  ana,
  list,
  calls,
}) => {
  const recover = await calls.cutOff('GET', '/jotc')
  await ana.opens('/submissions', ...THREE)
  await expect(page.getByRole('alert')).toContainText('We cannot reach the server. Try again in a moment.')
  await expectAccessible(page)
  await recover()
  await list.shows('Clouds', [7, 4, 2])
  await expect(page.getByRole('alert')).toHaveCount(0)
})

test('a service that lets one wait is said, until it answers', async ({ page, ana, list, calls }) => {
  const held = await calls.hold('GET', '/jotc')
  await ana.opens('/submissions', ...THREE)
  const words = page.getByRole('status').filter({ hasText: 'No answer yet. We keep trying.' })
  await expect(words).toBeVisible()
  await expectAccessible(page)
  await held.letGo()
  await list.shows('Clouds', [7, 4, 2])
  await expect(words).toHaveCount(0)
})

test('who is signed out is asked to sign in, and comes back to the same list', async ({ page, ana, list }) => {
  await list.opens('?route=blocked')
  await expect(page.getByRole('heading', { name: 'Sign in to see your boards' })).toBeVisible()
  await expect(list.table).toHaveCount(0)
  await expectAccessible(page)
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click()
  await page.getByRole('link', { name: 'Continue without an account' }).click()
  await expect(page).toHaveURL('/submissions?route=blocked')
  expect(await ana.submissions()).toEqual([])
})
