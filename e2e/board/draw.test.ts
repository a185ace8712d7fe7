import { expectAccessible } from '../shared/accessibility.ts'
import { expect, test } from '../shared/fixtures.ts'
import { keyboardOn } from '../shared/keyboard.ts'

test('a board is drawn with the keyboard alone; it is one stop for Tab', async ({ page, board }) => {
  const { press } = keyboardOn(page)
  await board.opens('0'.repeat(44))
  await board.cloud(0).focus()
  await press('+')
  for (const [key, cloud] of [
    ['ArrowDown', 20],
    ['End', 44],
    ['ArrowUp', 24],
    ['Home', 0],
    ['ArrowRight', 1],
  ] as const) {
    await press(key)
    await expect(board.cloud(cloud)).toBeFocused()
  }
  await press('Space', 'ArrowRight', 'ArrowRight', 'Enter')
  await expect(board.cloud(3)).toBeFocused()
  await expect(board.cloud(3)).toHaveAccessibleName('Cloud 3, thunderhead')
  await board.isBoard(`0101${'0'.repeat(41)}`)
  await press('End', '-')
  await expect(board.cloud(43)).toBeFocused()
  await board.isBoard(`0101${'0'.repeat(40)}`)
  await press('Tab')
  await expect(page.getByRole('group', { name: 'Play the route' }).getByRole('button').first()).toBeFocused()
})

test('clouds are switched, but not the first and the last; undo and redo go back and forth', async ({
  page,
  board,
}) => {
  await board.opens('00000')
  for (const end of [0, 4]) {
    // By force, for Playwright waits until a control is enabled.
    await board.cloud(end).click({ force: true })
    await expect(board.cloud(end)).toHaveAccessibleName(`Cloud ${end}, cumulus`)
    await expect(board.cloud(end)).toHaveAccessibleDescription('The first and last clouds are always cumulus.')
  }
  await board.cloud(2).click()
  await board.button('Add a cloud').click()
  await board.isBoard('001000')
  await board.button('Undo').click()
  await board.isBoard('00100')
  await page.keyboard.press('ControlOrMeta+Z')
  await board.isBoard('00000')
  await page.keyboard.press('ControlOrMeta+Shift+Z')
  await board.isBoard('00100')
  await board.button('Redo').click()
  await board.isBoard('001000')
})

test('a blocked board says where, and “Clear cloud” opens it', async ({ page, board }) => {
  await board.opens('01011010')
  await board.shows('No route')
  await board.answers(/^No route\. Clouds 3 and 4 are both thunderheads\. .* You can get as far as cloud 2\.$/)
  await expectAccessible(page)
  await board.button('Clear cloud 3').click()
  await board.shows('4\\s*jumps')
  await board.isBoard('01001010')
})

test('a number is read with separators of thousands; what is none is said and stays', async ({ page, board }) => {
  await page.goto('/')
  const size = board.tool('Random board').getByRole('textbox', { name: 'Clouds' })
  for (const [typed, clouds] of [
    ['1.000', '1,000'],
    ['2,000', '2,000'],
    ['3 000', '3,000'],
  ] as const) {
    await size.fill(typed)
    await board.button('Make a random board').click()
    await expect(page.getByText(new RegExp(`^Clouds 0 to \\d+ of ${clouds}$`))).toBeVisible()
  }
  for (const typed of ['1.5', '12x', '']) {
    await size.fill(typed)
    await size.blur()
    await expect(size).toHaveAccessibleDescription('Enter a whole number from 1 to 1,000,000.')
    await expect(size).toHaveValue(typed)
  }
  const goTo = page.getByRole('textbox', { name: 'Go to cloud' })
  await goTo.fill('12x')
  await board.button('Go').click()
  await expect(goTo).toHaveAccessibleDescription('Enter a whole number from 0 to 2,999.')
  await goTo.fill('2999')
  await goTo.press('Enter')
  await expect(board.cloud(2999)).toBeFocused()
  await expect(page.getByText(/^Clouds [\d,]+ to 2,999 of 3,000$/)).toBeVisible()
  expect(await board.clouds.getByRole('button').count()).toBeLessThan(1500)
  await expectAccessible(page)
})

test('a link that holds no board is said, and a board is there all the same', async ({ page, board }) => {
  await page.goto('/#0012')
  await expect(page.getByRole('alert')).toContainText('This link does not work')
  await expect(page.getByRole('alert')).toContainText('Position 4 is “2”. Use only 0 and 1.')
  await board.answers(/jumps/)
})

test('short boards, and those of several routes, have sentences of their own', async ({ page, board }) => {
  for (const [link, figure, sentence] of [
    ['0', '0\\s*jumps', 'The first cloud is also the last. You are already there.'],
    ['00', '1\\s*jump', 'Both clouds are always cumulus, so the answer is always one jump.'],
    ['000', '1\\s*jump', 'No other route is this fast.'],
    ['0000000000', '5\\s*jumps', '5 routes are this fast. This is one of them.'],
  ] as const) {
    await board.opens(link)
    await board.shows(figure)
    await board.answers(new RegExp(`${sentence}$`))
    await expect(page.getByRole('group', { name: 'Play the route' })).toHaveCount(link === '0' ? 0 : 1)
    if (link === '0') await expectAccessible(page)
  }
})
