import { expect, test } from '../shared/fixtures.ts'
import { somebody } from '../shared/person.ts'

// At a desk, by keyboard: keyboard.test.ts.
test.use({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' })

test('a visitor draws a board, signs in, submits it and finds it again', async ({ page, board, list, form }) => {
  await board.opens('0000000')
  await board.shows('3\\s*jumps')
  await board.cloud(2).click()
  await board.cloud(5).click()
  await board.shows('4\\s*jumps')
  await board.answers('4 jumps. No other route is this fast.')
  await page.getByRole('link', { name: 'Sign in to save' }).click()
  await form.fill(somebody('Ana'))
  await form.submit.click()
  await board.isBoard('0010010')
  await board.button('Save board').click()
  await expect(page.getByText('7 clouds, 4 jumps.')).toBeVisible()
  await page.getByRole('link', { name: 'See my boards' }).click()
  await expect(list.rows).toHaveCount(1)
  await page.getByRole('link', { name: 'Board of 7 clouds, 2 thunderheads' }).click()
  await board.isBoard('0010010')
})
