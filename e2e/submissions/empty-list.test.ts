import { expectAccessible } from '../shared/accessibility.ts'
import { expect, test } from '../shared/fixtures.ts'
import { cutOff, fail, hold } from '../shared/routing.ts'
import { submissionsOn } from './submissions.ts'

const THREE = ['00', '0110', '0010010']

test('who has sent nothing yet is led to the board', async ({ page, ana }) => {
  await ana.signsIn()
  await submissionsOn(page).opens()
  await page.getByRole('link', { name: 'Go to the board' }).click()
  await expect(page.getByRole('toolbar', { name: 'Clouds' })).toBeVisible()
})

test('a page past the end leads to the first one', async ({ page, ana }) => {
  const list = submissionsOn(page)
  await ana.submits('000')
  await ana.signsIn()
  await list.opens('?page=9')
  await list.button('Go to the first page').click()
  await list.shows('Clouds', [3])
})

test('a failure is said with its code, keeps the filters, and “Try again” recovers', async ({
  page,
  ana,
  complaints,
}) => {
  complaints.expect(/status of 500/)
  const list = submissionsOn(page)
  const recover = await fail(page, 'GET', '/jotc', 'unexpected')
  await ana.submits(...THREE)
  await ana.signsIn()
  await list.opens('?route=blocked')
  const note = page.getByRole('alert')
  await expect(note).toContainText('Your boards did not load')
  await expect(note).toContainText('Your filters are kept.')
  await expect(note).toContainText('0123456789abcdef')
  await recover()
  await list.button('Try again').click()
  await list.shows('Clouds', [4])
})

test('a service out of reach is said, and the list comes by itself once it is back', async ({
  page,
  ana,
  complaints,
}) => {
  complaints.expect(/ERR_CONNECTION_REFUSED/)
  const list = submissionsOn(page)
  const recover = await cutOff(page, 'GET', '/jotc')
  await ana.submits(...THREE)
  await ana.signsIn()
  await list.opens()
  await expect(page.getByRole('alert')).toContainText('We cannot reach the server. Try again in a moment.')
  await expectAccessible(page)
  await recover()
  await list.shows('Clouds', [7, 4, 2])
  await expect(page.getByRole('alert')).toHaveCount(0)
})

test('a service that lets one wait is said, until it answers', async ({ page, ana }) => {
  const list = submissionsOn(page)
  const held = await hold(page, 'GET', '/jotc')
  await ana.submits(...THREE)
  await ana.signsIn()
  await list.opens()
  const words = page.getByRole('status').filter({ hasText: 'No answer yet. We keep trying.' })
  await expect(words).toBeVisible()
  await expectAccessible(page)
  await held.letGo()
  await list.shows('Clouds', [7, 4, 2])
  await expect(words).toHaveCount(0)
})

test('who is signed out is asked to sign in, and comes back to the same list', async ({ page, ana }) => {
  const list = submissionsOn(page)
  await list.opens('?route=blocked')
  await expect(page.getByRole('heading', { name: 'Sign in to see your boards' })).toBeVisible()
  await expect(list.table).toHaveCount(0)
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click()
  await page.getByRole('link', { name: 'Continue without an account' }).click()
  await expect(page).toHaveURL('/submissions?route=blocked')
  expect(await ana.submissions()).toEqual([])
})
