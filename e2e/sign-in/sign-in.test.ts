import { pasteInto } from '../board/board.ts'
import { expectAccessible } from '../shared/accessibility.ts'
import { expect, test } from '../shared/fixtures.ts'
import { somebody } from '../shared/person.ts'

test('after an error “Sign in” can be used again; a double click sends one request', async ({ page, form, calls }) => {
  const sending = await calls.hold('POST', '/login')
  const recover = await calls.fail('POST', '/login', 'overloaded')
  await page.goto('/sign-in')
  await form.fill(somebody('Ana'))
  await form.submit.click()
  await expect(page.getByRole('alert')).toContainText('Sign-in did not work')
  await expectAccessible(page)
  await recover()
  await form.submit.dblclick()
  await page.keyboard.press('Enter')
  await sending.letGo()
  await expect(page.getByText('Signed in as Ana')).toBeVisible()
  expect(sending.count).toBe(1)
})

test.describe('in the United States', () => {
  test.use({ locale: 'en-US' })

  test('a birth date is typed or pasted month first, and sent as one date', async ({ page, form }) => {
    await page.goto('/sign-in')
    await form.fill({ ...somebody('Ana'), birthDate: '' })
    await form.birthDatePart('Day').focus()
    await pasteInto(page, '9 May 1990')
    await form.email.focus()
    await expect(form.birthDatePart('Day')).toHaveValue('9 May 1990')
    await expect(form.birthDatePart('Day')).toHaveAccessibleDescription('Enter the day, month and year.')
    await form.birthDatePart('Day').fill('')
    await pasteInto(page, '05/09/1990')
    for (const [place, name, pasted, typed] of [
      [0, 'Month', '05', '4'],
      [1, 'Day', '09', '3'],
      [2, 'Year', '1990', '2000'],
    ] as const) {
      const part = form.birthDateParts.nth(place)
      await expect(part).toHaveAccessibleName(name)
      await expect(part).toHaveAttribute('autocomplete', `bday-${name.toLowerCase()}`)
      await expect(part).toHaveValue(pasted)
      await part.fill(typed)
    }
    const request = page.waitForRequest(/\/login\?/)
    await form.submit.click()
    expect((await request).postDataJSON().birthDate).toBe('2000-04-03')
  })
})

test('what is wrong, as page or service find, is said at its field and stays', async ({ page, form, calls }) => {
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
  const noSuchDay = '2001 has no 29 February. Check the day and year.'
  await expect(form.birthDatePart('Day')).toHaveAccessibleDescription(noSuchDay)
  for (const [place, typed] of ['29', '02', '2001'].entries())
    await expect(form.birthDateParts.nth(place)).toHaveValue(typed)

  await form.birthDatePart('Year').fill('2000')
  const message = 'Your first name needs at least one letter.'
  await calls.fail('POST', '/login', 'invalid-input', { errors: [{ field: 'firstName', message }] })
  await form.submit.click()
  await expect(form.firstName).toHaveAccessibleDescription(message)
  await expect(form.firstName).toBeFocused()
})
