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
    submit: main.getByRole('button', { name: /^Sign(ing)? in…?$/ }),
    /** The same where a code follows. */
    send: main.getByRole('button', { name: /^Send/ }),

    birthDateParts: birthDate.getByRole('textbox'),
    birthDatePart: (name: 'Day' | 'Month' | 'Year') => birthDate.getByRole('textbox', { name }),

    async fill(details: Details) {
      await this.email.fill(details.email)
      await this.fillAbout(details)
    },

    /** All but the address. */
    async fillAbout({ firstName, lastName, birthDate: born }: Details) {
      await this.firstName.fill(firstName)
      await this.lastName.fill(lastName)
      const [year = '', month = '', day = ''] = born.split('-')
      await this.birthDatePart('Day').fill(day)
      await this.birthDatePart('Month').fill(month)
      await this.birthDatePart('Year').fill(year)
    },
  }
}
