import type { CDPSession, Page } from '@playwright/test'
import { expectAccessible } from '../shared/accessibility.ts'
import { expect, test } from '../shared/fixtures.ts'
import { keyboardOn } from '../shared/keyboard.ts'
import { somebody } from '../shared/person.ts'
import type { CodeSystem } from './code-system.ts'

/** What passkeys promise, on a system that another file has started. */
export function testPasskeys(codeSystem: () => CodeSystem): void {
  let devtools: CDPSession | undefined
  // The next test may have the same page.
  test.afterEach(async () => {
    await devtools?.send('WebAuthn.disable')
    devtools = undefined
  })

  /**
   * A device that can tell who holds it, and whose holder agrees to what it asks. Where the address field suggests its
   * passkeys it needs nobody to choose one, and signs in at once.
   */
  async function withAuthenticator(page: Page, { isSuggested = false } = {}) {
    devtools = await page.context().newCDPSession(page)
    await devtools.send('WebAuthn.enable')
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
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

  /** The steps of address and code, by keyboard alone. */
  async function sendsCode(page: Page, email: string): Promise<void> {
    const { mailsTo, codeFor, sql } = codeSystem()
    const before = mailsTo(email)
    await sql("update challenges set created_at = created_at - interval '1 minute'")
    await page.goto('/sign-in')
    await keyboardOn(page).tabTo(page.locator('input[name="email"]'))
    await page.keyboard.type(email)
    await page.keyboard.press('Enter')
    await expect(page.locator('input[name="code"]')).toBeFocused()
    await page.keyboard.type(await codeFor(email, before + 1))
    await expect(page.locator('input[name="code"]')).toHaveCount(0)
  }

  test.describe('on a phone, by keyboard alone', () => {
    test.use({ viewport: { width: 390, height: 844 } })

    test('the first visit takes two steps and a form, the second two steps, the third one press', async ({ page }) => {
      const ana = somebody('Ana')
      await withAuthenticator(page)
      await sendsCode(page, ana.email)
      const { firstName, lastName, birthDate } = ana
      const [year = '', month = '', day = ''] = birthDate.split('-')
      const typed = { firstName, lastName, 'bday-day': day, 'bday-month': month, 'bday-year': year }
      for (const [name, text] of Object.entries(typed)) {
        await keyboardOn(page).tabTo(page.getByRole('main').locator(`input[name="${name}"]`))
        await page.keyboard.type(text)
      }
      await page.keyboard.press('Enter')
      await expect(page.getByRole('heading', { level: 1, name: 'You are signed in' })).toBeVisible()
      await expectAccessible(page)
      await page.keyboard.press('Enter')
      await expect(page.getByRole('toolbar')).toBeVisible()
      await signsOut(page)

      await sendsCode(page, ana.email)
      await expect(page.getByRole('toolbar')).toBeVisible()
      await signsOut(page)

      await page.goto('/sign-in')
      await keyboardOn(page).tabTo(page.getByRole('main').getByRole('button', { name: 'Sign in with a passkey' }))
      await page.keyboard.press('Enter')
      await expect(page.getByRole('toolbar')).toBeVisible()
      await page.getByRole('navigation').getByRole('link', { name: 'Account' }).press('Enter')
      await expect(page.getByRole('definition').filter({ hasText: ana.email })).toBeVisible()
    })
  })

  test('“Not now” is never asked again', async ({ page }) => {
    const ben = somebody('Ben')
    await codeSystem().signIn(ben)
    await withAuthenticator(page)
    await sendsCode(page, ben.email)
    await page.getByRole('button', { name: 'Not now' }).click()
    await expect(page.getByRole('toolbar')).toBeVisible()
    await signsOut(page)
    await sendsCode(page, ben.email)
    await expect(page.getByRole('toolbar')).toBeVisible()
  })

  test('a passkey is added and renamed, signs in again and again, and no more once removed', async ({
    page,
    complaints,
  }) => {
    complaints.expect(/status of 400/)
    await withAuthenticator(page)
    const signsIn = async () => {
      await signsOut(page)
      await page.goto('/sign-in')
      await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    }
    await codeSystem().adminSignsIn(page)
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
    await codeSystem().adminSignsIn(page)
    await page.goto('/account')
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await expect(page.getByText('Passkey added')).toBeVisible()
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await expect(page.getByRole('toolbar', { name: 'Clouds' })).toBeVisible()
    await page.goto('/sign-in')
    await expect(page.getByRole('link', { name: 'Ada Min' })).toBeVisible()
  })
}

/** By keyboard alone. */
async function signsOut(page: Page): Promise<void> {
  await page.goto('/account')
  await keyboardOn(page).tabTo(page.getByRole('main').getByRole('button', { name: 'Sign out', exact: true }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('toolbar')).toBeVisible()
}
