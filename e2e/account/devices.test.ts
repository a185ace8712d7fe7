import { expectAccessible } from '../shared/accessibility.ts'
import { expect, test } from '../shared/fixtures.ts'
import { Person, somebody } from '../shared/person.ts'
import { apiUrl } from '../shared/service.ts'

test('another device is signed out from the list, and this one stays', async ({ page, ana, browser, baseURL }) => {
  const other = await browser.newPage({ ...(baseURL && { baseURL }) })
  await (await Person.joins(other, ana.details)).opens('/')
  await ana.opens('/account')
  const devices = page.getByRole('table', { name: 'Devices' })
  await expect(devices.getByRole('row')).toHaveCount(3)
  await expect(devices.getByText('this device')).toHaveCount(1)
  await expect(devices.getByRole('cell', { name: 'now', exact: true })).toHaveCount(1)
  const foreign = devices.getByRole('row').filter({ hasText: 'Sign out', hasNotText: 'this device' })
  await foreign.getByRole('button', { name: /^Sign out/ }).click()
  await expect(page.getByText('Device signed out')).toBeVisible()
  await expect(devices.getByRole('row')).toHaveCount(2)
  await other.reload()
  await expect(other.getByText('You are signed out')).toBeVisible()
  await expect(other.getByText('Somebody signed out this browser')).toBeVisible()
  await other.context().close()
})

test('signing out everywhere asks first, and ends this session and every token of a sign-in', async ({ page, ana }) => {
  await ana.opens('/account')
  await page.getByRole('button', { name: 'Sign out everywhere' }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Sign out everywhere?' })
  await dialog.getByRole('button', { name: 'Sign out everywhere' }).click()
  await expect(page.getByText('Signed out everywhere')).toBeVisible()
  await expect(page.getByRole('banner').getByRole('link', { name: 'Sign in' })).toBeVisible()
  await expect(ana.submissions()).rejects.toThrow(/answered 401/)
})

test('a token is made, shown once, works in its scope and is refused once it is revoked', async ({ page, ana }) => {
  await ana.opens('/account')
  await expect(page.getByText('No tokens yet.')).toBeVisible()
  await page.getByRole('button', { name: 'Create a token' }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Create a token' })
  const create = dialog.getByRole('button', { name: 'Create a token' })
  const name = dialog.getByRole('textbox', { name: 'Name' })
  await create.click()
  await expect(name).toHaveAccessibleDescription('Enter a name of 1 to 50 characters, one of them a letter.')
  await name.fill('nightly import')
  await dialog.getByRole('radio', { name: 'read and save' }).check({ force: true })
  await expectAccessible(page)
  await create.click()
  const shown = page.getByRole('textbox', { name: 'nightly import' })
  await expect(page.getByText('Copy this token now.')).toBeVisible()
  const token = await shown.inputValue()
  expect(token).toMatch(/^jotc_[\w-]{43}$/)
  await page.getByRole('button', { name: 'Copy token' }).click()
  await expect(page.getByText('Token copied')).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(token)
  const uses = async () => (await fetch(`${apiUrl()}/me`, { headers: { authorization: `Bearer ${token}` } })).status
  expect(await uses()).toBe(200)
  await expectAccessible(page)
  await page.reload()
  const row = page.getByRole('table', { name: 'API tokens' }).getByRole('row').filter({ hasText: 'nightly import' })
  await expect(row).toContainText('today')
  await expect(page.getByText('jotc_')).toHaveCount(0)
  await row.getByRole('button', { name: 'Revoke: nightly import' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click()
  await expect(page.getByText('Token revoked')).toBeVisible()
  await expect(page.getByText('No tokens yet.')).toBeVisible()
  await expect.poll(uses).toBe(401)
})

test('devices that could not be read say so, and come by themselves', async ({ page, ana, calls }) => {
  await ana.signsIn()
  const heal = await calls.cutOff('GET', '/me/sessions')
  await page.goto('/account')
  await expect(page.getByRole('region', { name: 'Devices' }).getByRole('alert')).toContainText(
    'We cannot reach the server.',
  )
  await heal()
  await expect(page.getByText('this device')).toBeVisible()
})

test('an administrator signs somebody out everywhere', async ({ page, admin }) => {
  const bea = await Person.joins(page, somebody('Bea'))
  await admin.opens(`/people?search=${bea.email}`)
  await page.getByRole('button', { name: 'More for Bea Silva' }).click()
  await page.getByRole('button', { name: 'Sign out everywhere…' }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Sign out Bea Silva everywhere?' })
  await dialog.getByRole('button', { name: 'Sign out everywhere' }).click()
  await expect(page.getByText('Signed out everywhere')).toBeVisible()
  await expect(() => expect(bea.submissions()).rejects.toThrow(/answered 401/)).toPass()
})
