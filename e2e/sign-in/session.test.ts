import { expect, test } from '../shared/fixtures.ts'
import { somebody } from '../shared/person.ts'
import { apiUrl } from '../shared/service.ts'
import { signInForm } from '../shared/sign-in.ts'
import { submissionsOn } from '../submissions/submissions.ts'

test('signing out in one tab takes private data off the other, and ends the session', async ({
  page,
  ana,
  context,
}) => {
  await ana.submits('0010010')
  await ana.signsIn()
  const [signedIn] = await context.cookies()
  const other = await context.newPage()
  await submissionsOn(other).opens()
  await expect(submissionsOn(other).rows).toHaveCount(1)
  await page.goto('/account')
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await expect(page.getByText('Your saved boards stay in your account.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Ana Silva' })).toHaveCount(0)
  await expect(other.getByRole('heading', { name: 'Sign in to see your boards' })).toBeVisible()
  await expect(submissionsOn(other).table).toHaveCount(0)
  expect(await context.cookies()).toEqual([])
  const headers = { cookie: `session=${signedIn?.value}` }
  expect((await fetch(`${apiUrl()}/me`, { headers })).status).toBe(401)
})

test('a stored session of another shape is none: the page is there, signed out', async ({ page, ana }) => {
  const { token, user } = ana.session
  const { role: _, ...userWithoutRole } = user
  await page.goto('/')
  for (const stored of [
    '{',
    JSON.stringify({ token, expiresAt: '2100-01-01T00:00:00Z', user }),
    JSON.stringify({ since: 1, user: userWithoutRole }),
  ]) {
    await page.evaluate((text) => localStorage.setItem('session', text), stored)
    await page.reload()
    await expect(page.getByRole('banner').getByRole('link', { name: 'Sign in' }), stored).toBeVisible()
  }
})

test('no script of the page can read what signs a person in; who loses it is told', async ({
  page,
  context,
  complaints,
  form,
}) => {
  const ana = somebody('Ana')
  await page.goto('/sign-in')
  await form.fill(ana)
  await form.submit.click()
  await page.getByRole('link', { name: 'Ana Silva' }).click()
  await expect(page.getByRole('definition').filter({ hasText: ana.email })).toBeVisible()
  const [cookie] = (await context.cookies()).filter(({ name }) => name === 'session')
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' })
  const readable = await page.evaluate(() =>
    JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }]),
  )
  expect(readable).toContain('Ana')
  for (const kept of [cookie?.value ?? '', ana.email, ana.birthDate]) expect(readable).not.toContain(kept)

  // Without the cookie nobody is signed in, whatever the page remembers.
  complaints.expect(/status of 401/)
  await context.clearCookies()
  await page.reload()
  await expect(page).toHaveURL(/\/sign-in$/)
  await expect(page.getByText('This browser did not keep your sign-in.')).toBeVisible()
})

test('on a machine whose clock is years behind one can sign in, and years ahead stay so', async ({ page, form }) => {
  await page.clock.setFixedTime('1995-01-01')
  await page.goto('/sign-in')
  await form.fill(somebody('Ana'))
  await form.submit.click()
  await expect(page.getByText('Signed in as Ana')).toBeVisible()
  await page.clock.setFixedTime('2060-01-01')
  await page.goto('/submissions')
  await expect(page.getByRole('heading', { name: 'No boards yet' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Ana Silva' })).toBeVisible()
})

test('what is read of one account never becomes another’s', async ({ page, ana, context, calls }) => {
  const reading = await calls.hold('GET', '/me')
  await ana.opens('/')
  await expect.poll(() => reading.count).toBe(1)
  const other = await context.newPage()
  await other.goto('/sign-in')
  await signInForm(other).fill(somebody('Bea'))
  await signInForm(other).submit.click()
  await expect(page.getByRole('link', { name: 'Bea Silva' })).toBeVisible()
  const read = page.waitForResponse(/\/me$/)
  await reading.letGo()
  await (await read).finished()
  await page.evaluate(() => new Promise(requestAnimationFrame))
  await expect(page.getByRole('link', { name: 'Bea Silva' })).toBeVisible()
})

const STORES = {
  'whose store cannot be touched': () =>
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('Access is denied for this document.', 'SecurityError')
      },
    }),
  'whose store is full': () => {
    for (let size = 2 ** 22; size >= 1; size /= 2) {
      try {
        for (;;) localStorage.setItem(`filler ${localStorage.length}`, 'x'.repeat(size))
      } catch {
        // No room for this much: half of it may still fit.
      }
    }
  },
}

for (const [which, spoil] of Object.entries(STORES))
  test(`in a browser ${which} the page works and the sign-in lasts for the visit`, async ({ page, form }) => {
    await page.addInitScript(spoil)
    await page.goto('/submissions')
    await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click()
    await form.fill(somebody('Ana'))
    await form.submit.click()
    await expect(page.getByRole('heading', { name: 'No boards yet' })).toBeVisible()
    await page.getByRole('link', { name: 'Go to the board' }).click()
    await expect(page.getByRole('button', { name: 'Save board' })).toBeVisible()
  })
