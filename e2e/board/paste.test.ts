import { expectAccessible } from '../shared/accessibility.ts'
import { expect, test } from '../shared/fixtures.ts'
import { pasteInto } from './board.ts'

test('what is pasted onto the page makes one board, or is said to be none; so in its field', async ({
  page,
  board,
}) => {
  await board.opens('0000000000')
  await board.cloud(3).focus()
  await pasteInto(page, '0,0\n1 0\r\n0')
  await board.isBoard('00100')
  await expect(board.clouds.getByRole('button')).toHaveCount(5)
  await expect(board.cloud(3)).toBeFocused()

  await pasteInto(page, 'jumping on the clouds')
  await expect(page.getByRole('alert')).toContainText('Board not read')
  await board.isBoard('00100')
  await expectAccessible(page)

  const field = board.tool('Paste a board').getByRole('textbox', { name: 'Clouds' })
  await field.fill('0 0 2 0')
  await board.button('Use these clouds').click()
  await expect(field).toHaveAccessibleDescription('Position 3 is “2”. Use only 0 and 1.')
  await expect(field).toBeFocused()
  await board.isBoard('00100')
  await field.fill('0 1 0')
  await board.button('Use these clouds').click()
  await board.isBoard('010')
})

test('a million clouds pasted are solved, and can be edited', async ({ page, board }) => {
  await page.goto('/')
  await pasteInto(page, '00001'.repeat(200_000).slice(0, -1))
  await board.shows('599,999\\s*jumps')
  await board.answers(/^599,999 jumps\. About 1\.0 times 10 to the power of 60,206 routes are this fast\./)
  await board.button('Remove last cloud').click()
  await expect(page.getByText(/^Clouds 0 to \d+ of 999,998$/)).toBeVisible()
})
