import { expect, test } from '../shared/fixtures.ts'
import { somebody } from '../shared/person.ts'
import { cutOff, hold } from '../shared/routing.ts'
import { apiUrl, signIn } from '../shared/service.ts'
import { signInForm } from '../shared/sign-in.ts'
import { submissionsOn } from '../submissions/submissions.ts'

test('the account page shows what is kept of a person, and leads to their submissions', async ({ page, ana }) => {
  await ana.submits('000', '0010010')
  await ana.signsIn()
  await page.goto('/')
  await page.getByRole('link', { name: 'Ana Silva' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Account' })).toBeFocused()
  const data = page.getByRole('main')
  for (const text of [ana.email, 'Ana', 'Silva', '09/05/1990', 'Member'])
    await expect(data.getByRole('definition').filter({ hasText: text }).first()).toBeVisible()
  await data.getByRole('link', { name: '2' }).click()
  await expect(submissionsOn(page).rows).toHaveCount(2)
})

test('an administrator’s count is of their own submissions', async ({ page, ana }) => {
  await ana.submits('000')
  await ana.becomesAdmin()
  await ana.signsIn()
  await page.goto('/account')
  await page.getByRole('main').getByRole('link', { name: '1', exact: true }).click()
  await expect(submissionsOn(page).email).toHaveValue(ana.email)
  await expect(submissionsOn(page).rows).toHaveCount(1)
})

test('on a phone the tab “Account” leads there', async ({ page, ana }) => {
  await page.setViewportSize({ width: 390, height: 800 })
  await ana.signsIn()
  await page.goto('/')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Account' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Account' })).toBeVisible()
})

test('who is signed out is led to sign-in and back, and “back” does not hold them there', async ({ page, ana }) => {
  await page.goto('/')
  await page.evaluate(() => history.pushState(null, '', '/account'))
  await page.reload()
  await expect(page).toHaveURL(/\/sign-in$/)
  await signInForm(page).fill(ana.details)
  await signInForm(page).submit.click()
  await expect(page.getByRole('heading', { level: 1, name: 'Account' })).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('toolbar', { name: 'Clouds' })).toBeVisible()
})

test('after signing out the session is refused', async ({ page, ana, context }) => {
  await ana.signsIn()
  const [signedIn] = await context.cookies()
  await page.goto('/account')
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await expect(page.getByText('Your saved boards stay in your account.')).toBeVisible()
  await expect(page.getByRole('toolbar', { name: 'Clouds' })).toBeVisible()
  expect(await context.cookies()).toEqual([])
  const headers = { cookie: `session=${signedIn?.value}` }
  expect((await fetch(`${apiUrl()}/me`, { headers })).status).toBe(401)
})

test('without the service nobody is signed out, and is told so', async ({ page, ana, complaints }) => {
  complaints.expect(/ERR_/)
  await ana.signsIn()
  await page.goto('/account')
  const heal = await cutOff(page, 'POST', '/logout')
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('You are still signed in')
  await expect(page.getByRole('link', { name: 'Ana Silva' })).toBeVisible()
  await heal()
  await page.goto('/account')
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await expect(page.getByText('Your saved boards stay in your account.')).toBeVisible()
})

test('erasing asks for the email first, then removes the account with all that it owns', async ({ page, ana }) => {
  await ana.submits('000', '00')
  await ana.signsIn()
  await page.goto('/account')
  await expect(page.getByText('your 2 boards')).toBeVisible()
  await page.getByRole('button', { name: 'Erase account…' }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Erase your account?' })
  const erase = dialog.getByRole('button', { name: 'Erase account' })
  const email = dialog.getByRole('textbox', { name: 'Type your email address to confirm' })
  await expect(dialog).toHaveAccessibleDescription(/your 2 boards are erased at once/)
  await erase.click()
  await expect(email).toHaveAccessibleDescription('This does not match your email address. Check it.')
  await expect(email).toBeFocused()
  await email.fill(ana.email.toUpperCase())
  await erase.click()
  await expect(page.getByText('Account erased')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Ana Silva' })).toHaveCount(0)
  await expect(ana.submissions()).rejects.toThrow(/answered 401/)
  const anew = await signIn({ ...ana.details, firstName: 'Another' })
  expect(anew.user.id).not.toBe(ana.session.user.id)
})

test('what is being erased can no longer be kept: the question stays until it is done', async ({ page, ana }) => {
  const erasing = await hold(page, 'DELETE', '/me')
  await ana.signsIn()
  await page.goto('/account')
  await page.getByRole('button', { name: 'Erase account…' }).click()
  const dialog = page.getByRole('alertdialog')
  await dialog.getByRole('textbox').fill(ana.email)
  await dialog.getByRole('button', { name: 'Erase account' }).click()
  await expect.poll(() => erasing.count).toBe(1)
  await dialog.getByRole('button', { name: 'Keep account' }).click({ force: true })
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(dialog.getByRole('button', { name: 'Keep account' })).toBeDisabled()
  await expect(dialog).toBeVisible()
  await erasing.letGo()
  await expect(page.getByText('Account erased')).toBeVisible()
  await expect(dialog).toHaveCount(0)
})

test('an account that is not erased after all stays, by Escape or by its button', async ({ page, ana }) => {
  await ana.signsIn()
  await page.goto('/account')
  const open = page.getByRole('button', { name: 'Erase account…' })
  const dialog = page.getByRole('alertdialog')
  for (const leave of [
    () => page.keyboard.press('Escape'),
    () => dialog.getByRole('button', { name: 'Keep account' }).click(),
  ]) {
    await open.click()
    await expect(dialog).toBeVisible()
    await leave()
    await expect(dialog).toHaveCount(0)
    await expect(open).toBeFocused()
  }
  expect(await ana.submissions()).toEqual([])
})

test('by keyboard alone: to the account, and out', async ({ page, ana }) => {
  await ana.signsIn()
  await page.goto('/')
  await page.getByRole('link', { name: 'Ana Silva' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Account' })).toBeFocused()
  const signOut = page.getByRole('button', { name: 'Sign out', exact: true })
  await expect(page.getByRole('definition').last().getByRole('link')).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Download my boards' })).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(signOut).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Your saved boards stay in your account.')).toBeVisible()
})

test('a session that was ended elsewhere leads once to sign-in, and back to the same list', async ({
  page,
  ana,
  complaints,
}) => {
  complaints.expect(/status of 401/)
  await ana.submits('000', '0110')
  await ana.signsIn()
  await submissionsOn(page).opens('?route=blocked')
  await expect(submissionsOn(page).rows).toHaveCount(1)
  await ana.signsOutElsewhere()
  await expect(page).toHaveURL(/\/sign-in$/)
  await expect(page.getByText('You are signed out')).toHaveCount(1)
  await signInForm(page).fill(ana.details)
  await signInForm(page).submit.click()
  await expect(page).toHaveURL(/\/submissions\?route=blocked$/)
  await expect(submissionsOn(page).rows).toHaveCount(1)
})

test('who comes back to the board after their session ended stays there, and is told', async ({
  page,
  ana,
  complaints,
}) => {
  complaints.expect(/status of 401/)
  await ana.signsIn()
  await page.goto('/')
  await expect(page.getByRole('link', { name: 'Ana Silva' })).toBeVisible()
  await ana.signsOutElsewhere()
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })))
  await expect(page.getByText('You are signed out')).toBeVisible()
  await expect(page.getByRole('toolbar', { name: 'Clouds' })).toBeVisible()
})

test('signing in as somebody is not in the way of signing in as somebody else', async ({ page, ana, complaints }) => {
  complaints.expect(/status of 401/)
  const other = await signIn(somebody('Olga'))
  await ana.signsIn()
  await page.goto('/sign-in')
  const form = signInForm(page)
  await form.fill({ ...ana.details, email: other.user.email })
  await form.submit.click()
  await expect(page.getByRole('alert')).toContainText('Sign-in did not work')
  await expect(page.getByRole('link', { name: 'Ana Silva' })).toBeVisible()
})
