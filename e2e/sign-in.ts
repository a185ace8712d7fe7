import type { Details } from '@jotc/core/person'
import type { Page } from '@playwright/test'

/** The fields of the sign-in form. */
export function signInForm(page: Page) {
  const main = page.getByRole('main')
  const birthDate = main.getByRole('group', { name: 'Birth date' })
  return {
    email: main.getByRole('textbox', { name: 'Email' }),
    firstName: main.getByRole('textbox', { name: 'First name' }),
    lastName: main.getByRole('textbox', { name: 'Last name' }),
    birthDate,
    submit: main.getByRole('button', { name: /^Sign/ }),
    /** The same where a code follows. */
    send: main.getByRole('button', { name: /^Send/ }),

    /** Types the digits into the date from its first part on. */
    async typeBirthDate(digits: string) {
      await birthDate.getByRole('spinbutton').first().click()
      await page.keyboard.type(digits)
    },
    /** Fills in everything, in the order of a British date. */
    async fill({ email, firstName, lastName, birthDate: born }: Details) {
      await this.email.fill(email)
      await this.firstName.fill(firstName)
      await this.lastName.fill(lastName)
      await this.typeBirthDate(born.split('-').reverse().join(''))
    },
  }
}
