import { boardOn } from './board.ts'
import { expect, test } from './fixtures.ts'
import { somebody } from './person.ts'
import { signInForm } from './sign-in.ts'
import { submissionsOn } from './submissions.ts'

for (const [width, colorScheme] of [
  [1440, 'light'],
  [390, 'dark'],
] as const)
  test.describe(`at ${width} px, ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 844 }, colorScheme })

    test('a visitor draws a board, signs in, submits it and finds it again', async ({ page }) => {
      const board = boardOn(page)
      await board.opens('0000000')
      await board.cloud(2).click()
      await board.cloud(5).click()
      await page.getByRole('link', { name: 'Sign in to save submission' }).click()
      const form = signInForm(page)
      await form.fill(somebody('Ana'))
      await form.submit.click()
      await board.isBoard('0010010')
      await board.button('Save submission').click()
      await expect(page.getByText('7 clouds, 4 jumps.')).toBeVisible()
      await page.getByRole('link', { name: 'See your submissions' }).click()
      await expect(submissionsOn(page).rows).toHaveCount(1)
      await page.getByRole('link', { name: 'Board of 7 clouds, 2 thunderheads' }).click()
      await board.isBoard('0010010')
    })
  })

test('C172, C175: the whole of it with the keyboard alone; each page takes the title and the focus', async ({
  page,
}) => {
  const { keyboard } = page
  const heading = (name: string) => page.getByRole('heading', { level: 1, name })
  const { email, firstName, lastName } = somebody('Ana')

  await page.goto('/#0000000')
  await expect(page).toHaveTitle('Board · Jumping On The Clouds')
  await tabTo('button', 'Cloud 0, cumulus')
  for (const key of ['ArrowRight', 'ArrowRight', 'Space', 'End', 'ArrowLeft', 'Space']) await keyboard.press(key)
  await tabTo('link', 'Sign in to save submission')
  await keyboard.press('Enter')

  await expect(page).toHaveTitle('Sign in · Jumping On The Clouds')
  await expect(heading('Sign in')).toBeFocused()
  await tabTo('textbox', 'Email')
  for (const typed of [email, firstName, lastName]) {
    await keyboard.type(typed)
    await keyboard.press('Tab')
  }
  await keyboard.type('09051940')
  await keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeFocused()
  await keyboard.press('Enter')

  await expect(page).toHaveTitle('Board · Jumping On The Clouds')
  await expect(heading('Fewest jumps from first to last')).toBeFocused()
  await expect(page).toHaveURL('/#0010010')
  await tabTo('button', 'Save submission')
  await keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('Submission saved')
  await tabTo('link', 'See your submissions')
  await keyboard.press('Enter')

  await expect(page).toHaveTitle('Submissions · Jumping On The Clouds')
  await expect(heading('Submissions')).toBeFocused()
  await expect(submissionsOn(page).rows).toHaveCount(1)
  await page.goBack()
  await expect(page).toHaveTitle('Board · Jumping On The Clouds')
  await expect(heading('Fewest jumps from first to last')).toBeFocused()

  /** Presses Tab until what has this name has the focus; nothing may hold it fast. */
  async function tabTo(role: 'button' | 'link' | 'textbox', name: string) {
    const target = page.getByRole(role, { name, exact: true })
    const isFocused = () => target.evaluate((element) => element === document.activeElement)
    for (let stops = 0; stops < 60 && !(await isFocused()); stops++) await keyboard.press('Tab')
    await expect(target).toBeFocused()
  }
})
