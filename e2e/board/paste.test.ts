import { expect, test } from '../shared/fixtures.ts'
import { boardOn, pasteInto } from './board.ts'

const FORMATS = {
  'zeros and ones': '0010010',
  'zeros and ones with blanks': '0 0 1 0 0 1 0',
  'an array': '[0, 0, 1, 0, 0, 1, 0]',
  'HackerRank’s two lines': '7\n0 0 1 0 0 1 0\n',
  'Windows line ends': '7\r\n0 0 1 0 0 1 0\r\n',
  'commas and tabs': '0,0,1,\t0,0\t1,0',
}

test('a board is taken in every format that it is pasted in', async ({ page }) => {
  const board = boardOn(page)
  for (const [format, text] of Object.entries(FORMATS))
    await test.step(format, async () => {
      await board.opens('00')
      await board.shows('1\\s*jump')
      await pasteInto(page, text)
      await board.isBoard('0010010')
      await board.shows('4\\s*jumps')
    })
  await board.answers(/^4 jumps\./)
})

test('lines and mixed separators pasted onto the board make one board, and the focus stays', async ({ page }) => {
  const board = boardOn(page)
  await board.opens('0000000000')
  await board.cloud(3).focus()
  await pasteInto(page, '0,0\n1 0\r\n0')
  await board.isBoard('00100')
  await expect(board.clouds.getByRole('button')).toHaveCount(5)
  await expect(board.cloud(3)).toBeFocused()
})

test('text in the field becomes the board with “Use these clouds”', async ({ page }) => {
  const board = boardOn(page)
  await board.opens('00')
  const tool = board.tool('Paste a board')
  await tool.getByRole('textbox', { name: 'Clouds' }).fill('0 1 0')
  await tool.getByRole('button', { name: 'Use these clouds' }).click()
  await board.isBoard('010')
})

test('text that is no board is refused at its field with what is wrong, and the board stays', async ({ page }) => {
  const board = boardOn(page)
  await board.opens('00100')
  const field = board.tool('Paste a board').getByRole('textbox', { name: 'Clouds' })
  for (const [text, sentence] of [
    ['0 0 2 0', 'Position 3 is “2”. Use only 0 and 1.'],
    ['100', 'The first cloud is a thunderhead. Both ends must be 0.'],
    ['8\n0 0 1 0 0 0 0', 'The first line says 8 clouds, but the board has 7.'],
  ] as const) {
    await field.fill(text)
    await board.button('Use these clouds').click()
    await expect(field).toHaveAccessibleDescription(sentence)
    await expect(field).toBeFocused()
    await board.isBoard('00100')
  }
})

test('what is no board, pasted onto the page, is said in a message', async ({ page }) => {
  const board = boardOn(page)
  await board.opens('00100')
  await pasteInto(page, 'jumping on the clouds')
  await expect(page.getByRole('alert')).toContainText('Board not read')
  await board.isBoard('00100')
})

test('a million clouds pasted are solved, and can be edited', async ({ page }) => {
  const board = boardOn(page)
  await page.goto('/')
  await pasteInto(page, '00001'.repeat(200_000).slice(0, -1))
  await board.shows('599,999\\s*jumps')
  await board.answers(/^599,999 jumps\. About 1\.0 times 10 to the power of 60,206 routes are this fast\./)
  await board.button('Remove last cloud').click()
  await expect(page.getByText(/^Clouds 0 to \d+ of 999,998$/)).toBeVisible()
})
