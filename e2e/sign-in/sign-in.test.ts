import { pasteInto } from '../board/board.ts'
import { expectAccessible } from '../shared/accessibility.ts'
import { expect, test } from '../shared/fixtures.ts'
import { somebody } from '../shared/person.ts'
import type { signInForm } from '../shared/sign-in.ts'

test('a double click and Enter on “Sign in” send one request', async ({ page, form, calls }) => {
  const sending = await calls.hold('POST', '/login')
  await page.goto('/sign-in')
  await form.fill(somebody('Ana'))
  await form.submit.dblclick()
  await page.keyboard.press('Enter')
  await sending.letGo()
  await expect(page.getByText('Signed in as Ana')).toBeVisible()
  expect(sending.count).toBe(1)
})

test('after an error “Sign in” can be used again', async ({ page, form, calls }) => {
  const recover = await calls.fail('POST', '/login', 'overloaded')
  await page.goto('/sign-in')
  await form.fill(somebody('Ana'))
  await form.submit.click()
  await expect(page.getByRole('alert')).toContainText('Sign-in did not work')
  await expectAccessible(page)
  await recover()
  await form.submit.click()
  await expect(page.getByText('Signed in as Ana')).toBeVisible()
})

for (const [locale, names, typed] of [
  ['en-GB', ['Day', 'Month', 'Year'], ['3', '4', '2000']],
  ['en-US', ['Month', 'Day', 'Year'], ['4', '3', '2000']],
] as const)
  test.describe(`in ${locale}`, () => {
    test.use({ locale })

    test('3 April 2000 is typed in the order shown, and sent as 2000-04-03', async ({ page, form }) => {
      await page.goto('/sign-in')
      await form.fill({ ...somebody('Ana'), birthDate: '' })
      for (const [place, name] of names.entries()) {
        const part = form.birthDateParts.nth(place)
        await expect(part).toHaveAccessibleName(name)
        await expect(part).toHaveAttribute('autocomplete', `bday-${name.toLowerCase()}`)
        await part.fill(typed[place] as string)
      }
      const request = page.waitForRequest(/\/login\?/)
      await form.submit.click()
      expect((await request).postDataJSON().birthDate).toBe('2000-04-03')
    })
  })

test('a birth date that is pasted as a whole fills its three fields; what is no date stays to be seen', async ({
  page,
  form,
}) => {
  await page.goto('/sign-in')
  for (const text of ['1990-05-09', '09/05/1990', '09051990']) {
    await form.birthDatePart('Month').fill('')
    await form.birthDatePart('Month').focus()
    await pasteInto(page, text)
    await hasParts(form, '1990-05-09')
  }
  await form.birthDatePart('Day').fill('')
  await form.birthDatePart('Day').focus()
  await pasteInto(page, '9 May 1990')
  await form.email.focus()
  await expect(form.birthDatePart('Day')).toHaveValue('9 May 1990')
  await expect(form.birthDatePart('Day')).toHaveAccessibleDescription('Enter the day, month and year.')
})

async function hasParts(form: ReturnType<typeof signInForm>, birthDate: string) {
  const [year = '', month = '', day = ''] = birthDate.split('-')
  await expect(form.birthDatePart('Day')).toHaveValue(day)
  await expect(form.birthDatePart('Month')).toHaveValue(month)
  await expect(form.birthDatePart('Year')).toHaveValue(year)
}

test('an empty form names every field at once and focuses the first; a birth date that cannot be stays as typed', async ({
  page,
  form,
}) => {
  await page.goto('/sign-in')
  await form.submit.click()
  await expect(form.email).toHaveAccessibleDescription('Enter your email address.')
  await expect(form.firstName).toHaveAccessibleDescription('Enter your first name.')
  await expect(form.lastName).toHaveAccessibleDescription('Enter your last name.')
  await expect(page.getByText('Enter your birth date.')).toBeVisible()
  await expect(form.email).toBeFocused()
  await expectAccessible(page)
  await form.fill({ ...somebody('Ana'), birthDate: '2001-02-29' })
  await page.keyboard.press('Tab')
  const sentence = '2001 has no 29 February. Check the day and year.'
  await expect(form.birthDatePart('Day')).toHaveAccessibleDescription(sentence)
  await hasParts(form, '2001-02-29')
})

test('what the service refuses stands at its field', async ({ page, form, calls }) => {
  await page.goto('/sign-in')
  const sentence = 'Your first name needs at least one letter.'
  await calls.fail('POST', '/login', 'invalid-input', {
    errors: [{ field: 'firstName', message: sentence }],
  })
  await form.fill(somebody('Ana'))
  await form.submit.click()
  await expect(form.firstName).toHaveAccessibleDescription(sentence)
  await expect(form.firstName).toBeFocused()
})
