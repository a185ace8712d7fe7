import { boardOn } from '../board/board.ts'
import { expect, test } from '../shared/fixtures.ts'
import { somebody } from '../shared/person.ts'
import { signInForm } from '../shared/sign-in.ts'
import { submissionsOn } from '../submissions/submissions.ts'

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
      await page.getByRole('link', { name: 'Sign in to save' }).click()
      const form = signInForm(page)
      await form.fill(somebody('Ana'))
      await form.submit.click()
      await board.isBoard('0010010')
      await board.button('Save board').click()
      await expect(page.getByText('7 clouds, 4 jumps.')).toBeVisible()
      await page.getByRole('link', { name: 'See my boards' }).click()
      await expect(submissionsOn(page).rows).toHaveCount(1)
      await page.getByRole('link', { name: 'Board of 7 clouds, 2 thunderheads' }).click()
      await board.isBoard('0010010')
    })
  })
