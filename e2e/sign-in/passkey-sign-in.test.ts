import type { CDPSession, Locator, Page } from '@playwright/test'
import { expectAccessible } from '../shared/accessibility.ts'
import { chromium } from '../shared/chromium.ts'
import { expect, test } from '../shared/fixtures.ts'
import { somebody } from '../shared/person.ts'
import { looksAgain } from '../shared/routing.ts'
import { type CodeSystem, startCodeSystem } from './code-system.ts'

test.describe.configure({ mode: 'default' })
let codeSystem: CodeSystem
test.beforeAll(async () => {
  if (chromium !== undefined) codeSystem = await startCodeSystem()
})
test.afterAll(() => codeSystem?.stop())
// biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it which fixtures come first
test.use({ baseURL: async ({}, use) => use(codeSystem?.app) })

let devtools: CDPSession | undefined
// The next test may have the same page.
test.afterEach(async () => {
  await devtools?.send('WebAuthn.disable')
  devtools = undefined
})

type Device = {
  transport?: 'internal' | 'usb'
  /** The address field suggests its passkeys. This device needs nobody to choose one, and signs in at once. */
  isSuggested?: boolean
}

/** A device that can tell who holds it, and whose holder agrees to what it asks. */
async function withAuthenticator(page: Page, { transport = 'internal', isSuggested = false }: Device = {}) {
  const session = await page.context().newCDPSession(page)
  devtools = session
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport,
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  if (isSuggested) return
  await page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = async () => false
  })
}

/** As by keyboard alone. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 40; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(target).toBeFocused()
}

test.describe('on a phone, by keyboard alone', () => {
  test.use({ viewport: { width: 390, height: 844 } })

  test('the first visit takes two steps and a form, the second two steps, the third one press', async ({ page }) => {
    const ana = somebody('Ana')
    await withAuthenticator(page)
    const main = page.getByRole('main')
    const byPasskey = main.getByRole('button', { name: 'Sign in with a passkey' })

    await page.goto('/sign-in')
    await sendsCode(page, ana.email)
    const [year = '', month = '', day = ''] = ana.birthDate.split('-')
    const typed = {
      firstName: ana.firstName,
      lastName: ana.lastName,
      'bday-day': day,
      'bday-month': month,
      'bday-year': year,
    }
    for (const [name, text] of Object.entries(typed)) {
      await tabTo(page, main.locator(`input[name="${name}"]`))
      await page.keyboard.type(text)
    }
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'You are signed in' })).toBeVisible()
    await expectAccessible(page)
    await page.setViewportSize({ width: 390, height: 844 })
    await page.keyboard.press('Enter')
    await expect(page.getByRole('toolbar')).toBeVisible()
    await signsOut(page)

    await page.goto('/sign-in')
    await sendsCode(page, ana.email)
    await expect(page.getByRole('toolbar')).toBeVisible()
    await signsOut(page)

    await page.goto('/sign-in')
    await tabTo(page, byPasskey)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('toolbar')).toBeVisible()
    await expect(page.getByRole('navigation').getByRole('link', { name: 'Account' })).toBeVisible()
  })
})

async function sendsCode(page: Page, email: string): Promise<void> {
  const before = codeSystem.mailsTo(email)
  await codeSystem.sql("update challenges set created_at = created_at - interval '1 minute'")
  await tabTo(page, page.locator('input[name="email"]'))
  await page.keyboard.type(email)
  await page.keyboard.press('Enter')
  await expect(page.locator('input[name="code"]')).toBeFocused()
  await expect.poll(() => codeSystem.mailsTo(email)).toBeGreaterThan(before)
  await page.keyboard.type(await codeSystem.codeFor(email))
  await expect(page.locator('input[name="code"]')).toHaveCount(0)
}

async function signsOut(page: Page): Promise<void> {
  await page.goto('/account')
  await tabTo(page, page.getByRole('main').getByRole('button', { name: 'Sign out', exact: true }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('toolbar')).toBeVisible()
}

test('“Not now” is never asked again', async ({ page }) => {
  await withAuthenticator(page)
  await codeSystem.adminSignsIn(page)
  await page.goto('/account')
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  for (const isFirst of [true, false]) {
    await page.goto('/sign-in')
    const ana = somebody('Ana')
    await sendsCode(page, ana.email)
    const form = page.getByRole('main')
    await form.getByRole('textbox', { name: 'First name' }).fill('Ana')
    await form.getByRole('textbox', { name: 'Last name' }).fill('Silva')
    for (const [part, value] of [
      ['Day', '9'],
      ['Month', '5'],
      ['Year', '1990'],
    ] as const)
      await form.getByRole('textbox', { name: part }).fill(value)
    await page.keyboard.press('Enter')
    if (isFirst) await page.getByRole('button', { name: 'Not now' }).click()
    await expect(page.getByRole('toolbar', { name: 'Clouds' })).toBeVisible()
    await page.goto('/account')
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await expect(page.getByRole('toolbar', { name: 'Clouds' })).toBeVisible()
  }
})

for (const [what, transport] of [
  ['the machine', 'internal'],
  ['a security key', 'usb'],
] as const)
  test(`a passkey of ${what} is added and renamed, signs in again and again, and no more once removed`, async ({
    page,
    complaints,
  }) => {
    complaints.expect(/status of 400/)
    await withAuthenticator(page, { transport })
    const signsIn = async () => {
      await page.goto('/account')
      await page.getByRole('button', { name: 'Sign out', exact: true }).click()
      await expect(page.getByRole('toolbar', { name: 'Clouds' })).toBeVisible()
      await page.goto('/sign-in')
      await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    }
    await codeSystem.adminSignsIn(page)
    await page.goto('/account')
    await expect(page.getByText('No passkeys yet.')).toBeVisible()
    const add = page.getByRole('button', { name: 'Add a passkey' })
    const rows = page.getByRole('table', { name: 'Passkeys' }).getByRole('row')
    await add.click()
    await expect(page.getByText('Passkey added')).toBeVisible()
    await expect(rows.nth(1)).toContainText('never')
    // The device makes no second one for the same account.
    await add.click()
    await expect(add).toBeEnabled()
    await expect(rows).toHaveCount(2)
    await rows
      .nth(1)
      .getByRole('button', { name: /^Rename/ })
      .click()
    const dialog = page.getByRole('alertdialog')
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Laptop')
    await dialog.getByRole('button', { name: 'Rename' }).click()
    await expect(rows.nth(1)).toContainText('Laptop')
    await expectAccessible(page)

    for (let time = 0; time < 2; time++) {
      await signsIn()
      await expect(page.getByRole('link', { name: 'Ada Min' })).toBeVisible()
    }
    await page.goto('/account')
    await rows.nth(1).getByRole('button', { name: 'Remove: Laptop' }).click()
    await dialog.getByRole('button', { name: 'Remove' }).click()
    await expect(page.getByText('No passkeys yet.')).toBeVisible()
    await signsIn()
    await expect(page.getByRole('alert')).toBeVisible()
    await expect(page.getByRole('link', { name: 'Ada Min' })).toHaveCount(0)
  })

test('the address field suggests a passkey, which signs in without a press of the button', async ({ page }) => {
  await withAuthenticator(page, { isSuggested: true })
  await codeSystem.adminSignsIn(page)
  await page.goto('/account')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await expect(page.getByText('Passkey added')).toBeVisible()
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await expect(page.getByRole('toolbar', { name: 'Clouds' })).toBeVisible()
  await page.goto('/sign-in')
  await expect(page.getByRole('link', { name: 'Ada Min' })).toBeVisible()
})

test('three hours of use sign nobody out', async ({ page }) => {
  await codeSystem.adminSignsIn(page)
  await page.goto('/')
  for (let hour = 1; hour <= 3; hour++) {
    await codeSystem.sql(
      "update sessions set created_at = created_at - interval '1 hour', used_at = used_at - interval '1 hour'",
    )
    const read = page.waitForResponse(/\/me$/)
    await looksAgain(page)
    expect((await read).status()).toBe(200)
  }
  await expect(page.getByRole('link', { name: 'Ada Min' })).toBeVisible()
})

test('who comes back after thirteen hours is signed out, and told why', async ({ page, complaints }) => {
  complaints.expect(/status of 401/)
  await codeSystem.adminSignsIn(page)
  await codeSystem.sql(
    "update sessions set created_at = created_at - interval '13 hours', used_at = used_at - interval '13 hours'",
  )
  await page.goto('/account')
  await expect(page).toHaveURL(/\/sign-in$/)
  await expect(page.getByText('We sign you out after a long time, to keep your account safe.')).toBeVisible()
})
