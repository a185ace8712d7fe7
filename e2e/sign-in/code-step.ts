import type { Details } from '@jotc/core/person'
import { expect, type Page } from '@playwright/test'
import { signInForm } from '../shared/sign-in.ts'

/** The second step of signing in, by what stands on it, and what leads on from the third. */
export function codeStep(page: Page) {
  const main = page.getByRole('main')
  return {
    code: main.getByRole('textbox', { name: 'Six-digit code' }),
    submit: main.getByRole('button', { name: 'Sign in', exact: true }),
    resend: main.getByRole('button', { name: /^Send a new code/ }),
    otherEmail: main.getByRole('button', { name: 'Use another email address' }),
    /** The third step, for a new address. */
    aboutYou: page.getByRole('heading', { level: 1, name: 'About you' }),
    create: main.getByRole('button', { name: /^Creat/ }),

    /** Sends the address and comes to this step. */
    async reachesWith({ email }: Pick<Details, 'email'>) {
      await page.goto('/sign-in')
      const form = signInForm(page)
      await form.email.fill(email)
      await form.send.click()
      await expect(page.getByRole('heading', { level: 1, name: 'Check your email' })).toBeVisible()
    },
  }
}
