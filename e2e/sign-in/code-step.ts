import type { Details } from '@jotc/core/person'
import { expect, type Page } from '@playwright/test'
import { signInForm } from '../shared/sign-in.ts'

/** The second step of signing in, by what stands on it. */
export function codeStep(page: Page) {
  const main = page.getByRole('main')
  return {
    heading: page.getByRole('heading', { level: 1, name: 'Check your email' }),
    code: main.getByRole('textbox', { name: 'Six-digit code' }),
    submit: main.getByRole('button', { name: 'Sign in', exact: true }),
    resend: main.getByRole('button', { name: /^Send a new code/ }),
    otherEmail: main.getByRole('button', { name: 'Use another email address' }),

    /** Sends the address and comes to this step. */
    async reachesWith({ email }: Pick<Details, 'email'>) {
      await page.goto('/sign-in')
      const form = signInForm(page)
      await form.email.fill(email)
      await form.send.click()
      await expect(this.heading).toBeVisible()
    },
  }
}

/** The third step, for a new address. */
export function aboutStep(page: Page) {
  return {
    heading: page.getByRole('heading', { level: 1, name: 'About you' }),
    create: page.getByRole('main').getByRole('button', { name: /^Creat/ }),

    async completes(details: Details) {
      await expect(this.heading).toBeVisible()
      await signInForm(page).fillAbout(details)
      await this.create.click()
      await expect(page.getByText(`Signed in as ${details.firstName}`)).toBeVisible()
    },
  }
}
