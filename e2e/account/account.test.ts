import { expectAccessible } from '../shared/accessibility.ts'
import { expect, test } from '../shared/fixtures.ts'
import { somebody } from '../shared/person.ts'
import { looksAgain } from '../shared/routing.ts'
import { signIn } from '../shared/service.ts'

test('the account page shows what is kept of a person, and leads to their submissions', async ({ page, ana, list }) => {
  await ana.opens('/', '000', '0010010')
  await page.getByRole('link', { name: 'Ana Silva' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Account' })).toBeFocused()
  const data = page.getByRole('main')
  for (const text of [ana.email, 'Ana', 'Silva', '09/05/1990', 'Member'])
    await expect(data.getByRole('definition').filter({ hasText: text }).first()).toBeVisible()
  await expect(data.getByRole('link', { name: '2' })).toBeVisible()
  await expectAccessible(page)
  await data.getByRole('link', { name: '2' }).click()
  await expect(list.rows).toHaveCount(2)
  // To an administrator the list shows everybody's.
  await ana.becomesAdmin()
  await page.goto('/account')
  await data.getByRole('link', { name: '2', exact: true }).click()
  await expect(list.email).toHaveValue(ana.email)
  await expect(list.rows).toHaveCount(2)
})

test('who is signed out is led to sign-in and back; “back” does not hold them there', async ({ page, ana, form }) => {
  await page.goto('/')
  await page.evaluate(() => history.pushState(null, '', '/account'))
  await page.reload()
  await expect(page).toHaveURL(/\/sign-in$/)
  await form.fill(ana.details)
  await form.submit.click()
  await expect(page.getByRole('heading', { level: 1, name: 'Account' })).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('toolbar', { name: 'Clouds' })).toBeVisible()
})

test('without the service nobody is signed out, and is told so', async ({ page, ana, complaints, calls }) => {
  complaints.expect(/ERR_/)
  await ana.opens('/account')
  const heal = await calls.cutOff('POST', '/logout')
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('You are still signed in')
  await expect(page.getByRole('link', { name: 'Ana Silva' })).toBeVisible()
  await heal()
  await page.goto('/account')
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await expect(page.getByText('Your saved boards stay in your account.')).toBeVisible()
})

test('erasing can be left, asks for the email, and removes all; once begun it cannot be kept', async ({
  page,
  ana,
  calls,
}) => {
  const erasing = await calls.hold('DELETE', '/me')
  const detail = 'Make someone else one, then erase your account.'
  const heal = await calls.fail('DELETE', '/me', 'last-administrator', { detail })
  await ana.opens('/account', '000', '00')
  await expect(page.getByText('your 2 boards')).toBeVisible()
  const open = page.getByRole('button', { name: 'Erase account…' })
  await open.click()
  const dialog = page.getByRole('alertdialog', { name: 'Erase your account?' })
  const erase = dialog.getByRole('button', { name: 'Erase account' })
  const keep = dialog.getByRole('button', { name: 'Keep account' })
  const email = dialog.getByRole('textbox', { name: 'Type your email address to confirm' })
  await expect(dialog).toHaveAccessibleDescription(/your 2 boards are erased at once/)
  await erase.click()
  await expect(email).toHaveAccessibleDescription('This does not match your email address. Check it.')
  await expect(email).toBeFocused()
  await expectAccessible(page)
  for (const leave of [() => page.keyboard.press('Escape'), () => keep.click()]) {
    await leave()
    await expect(dialog).toHaveCount(0)
    await expect(open).toBeFocused()
    await open.click()
  }
  await email.fill(ana.email.toUpperCase())
  await erase.click()
  await expect(dialog.getByRole('alert')).toContainText(detail)
  await heal()
  await erase.click()
  await expect.poll(() => erasing.count).toBe(1)
  await keep.click({ force: true })
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(keep).toBeDisabled()
  await erasing.letGo()
  await expect(page.getByText('Account erased')).toBeVisible()
  await expect(dialog).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Ana Silva' })).toHaveCount(0)
  await expect(ana.submissions()).rejects.toThrow(/answered 401/)
  const anew = await signIn({ ...ana.details, firstName: 'Another' })
  expect(anew.user.id).not.toBe(ana.session.user.id)
})

test('a session that was ended elsewhere leads once to sign-in, and back to the same list', async ({
  page,
  ana,
  complaints,
  list,
  form,
}) => {
  complaints.expect(/status of 401/)
  await ana.opens('/submissions?route=blocked', '000', '0110')
  await expect(list.rows).toHaveCount(1)
  await ana.signsOutElsewhere()
  await expect(page).toHaveURL(/\/sign-in$/)
  await expect(page.getByText('You are signed out')).toHaveCount(1)
  await form.fill(ana.details)
  await form.submit.click()
  await expect(page).toHaveURL(/\/submissions\?route=blocked$/)
  await expect(list.rows).toHaveCount(1)
})

test('who comes back to the board after their session ended stays, and is told', async ({ page, ana, complaints }) => {
  complaints.expect(/status of 401/)
  await ana.opens('/')
  await expect(page.getByRole('link', { name: 'Ana Silva' })).toBeVisible()
  await ana.signsOutElsewhere()
  await looksAgain(page)
  await expect(page.getByText('You are signed out')).toBeVisible()
  await expect(page.getByRole('toolbar', { name: 'Clouds' })).toBeVisible()
})

test('who is signed in can try to sign in as somebody else', async ({ page, ana, complaints, form }) => {
  complaints.expect(/status of 401/)
  const other = await signIn(somebody('Olga'))
  await ana.opens('/sign-in')
  await form.fill({ ...ana.details, email: other.user.email })
  await form.submit.click()
  await expect(page.getByRole('alert')).toContainText('These details do not match our records. Check each of them.')
  await expect(page.getByRole('link', { name: 'Ana Silva' })).toBeVisible()
})
