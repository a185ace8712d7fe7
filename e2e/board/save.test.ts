import { expectAccessible } from '../shared/accessibility.ts'
import { expect, test } from '../shared/fixtures.ts'

test('a double click and Enter on “Save board” store one row', async ({ page, ana, board, calls }) => {
  const saving = await calls.hold('POST', '/jotc')
  await ana.opens('/#0010010')
  await board.button('Save board').dblclick()
  await page.keyboard.press('Enter')
  await board.button('Saving…').click({ force: true })
  await saving.letGo()
  await expect(board.button('Board saved')).toBeVisible()
  await expect(page.getByRole('link', { name: 'See my boards' })).toBeVisible()
  await expectAccessible(page)
  expect(saving.count).toBe(1)
  expect(await ana.submissions()).toHaveLength(1)
})

test('a board that was not saved is still there; tried again, it is stored once', async ({
  page,
  ana,
  board,
  calls,
}) => {
  const recover = await calls.fail('POST', '/jotc', 'unexpected')
  await ana.opens('/#01100')
  await board.button('Save board').click()
  const message = page.getByRole('alert').filter({ hasText: 'Board not saved' })
  await expect(message).toContainText('Your board is still here.')
  await message.getByRole('button', { name: 'Copy code' }).click()
  await expect(message.getByRole('button', { name: 'Copied' })).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('0123456789abcdef')
  await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
  await message.getByRole('button', { name: 'Copied' }).click()
  await expect(message).toContainText('Your browser blocked copying. The code is selected.')
  expect(await page.evaluate(() => `${getSelection()}`)).toBe('0123456789abcdef')
  await recover()

  await calls.loseAnswer('POST', '/jotc')
  await board.button('Try again').click()
  await expect(message.filter({ hasText: 'We cannot reach the server.' })).toBeVisible()
  await board.button('Try again').click()
  await expect(board.button('Board saved')).toBeVisible()
  await expect(page.getByText('5 clouds, no route.')).toBeVisible()
  expect(await ana.submissions()).toMatchObject([{ clouds: '01100', solvable: false, total: null }])
})

test('a board can be saved while another is, and one that was saved is not again', async ({
  page,
  ana,
  board,
  calls,
}) => {
  const saving = await calls.hold('POST', '/jotc')
  await ana.opens('/#0010010')
  await board.button('Save board').click()
  await expect.poll(() => saving.count).toBe(1)
  await board.cloud(4).click()
  await board.button('Save board').click()
  await expect.poll(() => saving.count).toBe(2)
  await board.button('Undo').click()
  await expect(board.button('Saving…')).toBeDisabled()
  await saving.letGo()
  await expect(board.button('Board saved')).toBeDisabled()
  await page.getByRole('link', { name: 'Import' }).first().click()
  await page.getByRole('link', { name: 'Board', exact: true }).first().click()
  await expect(board.button('Board saved')).toBeDisabled()
  await board.button('Redo').click()
  await expect(board.button('Board saved')).toBeDisabled()
  expect((await ana.submissions()).map(({ clouds }) => clouds).toSorted()).toEqual(['0010010', '0010110'].toSorted())
})

test('what cannot be saved says why: offline, or beyond 10,000 clouds', async ({ ana, context, complaints, board }) => {
  complaints.expect(/ERR_INTERNET_DISCONNECTED/)
  await ana.opens('/#0010010')
  await context.setOffline(true)
  await expect(board.button('Save board')).toHaveAccessibleDescription(/You are offline\. You can keep playing,/)
  await expect(board.button('Save board')).toBeDisabled()
  await board.cloud(2).click()
  await board.answers(/jumps/)
  await context.setOffline(false)
  await board.button('Save board').click()
  await expect(board.button('Board saved')).toBeVisible()

  await board.tool('Random board').getByRole('textbox', { name: 'Clouds' }).fill('10001')
  await board.button('Make a random board').click()
  await expect(board.button('Save board')).toHaveAccessibleDescription(/boards of up to 10,000 clouds/)
  await expect(board.button('Save board')).toBeDisabled()
})

test('a session that the service refuses leads to sign-in and back', async ({ page, ana, board, calls }) => {
  await calls.fail('POST', '/jotc', 'session-ended')
  await ana.opens('/#0010010')
  await board.button('Save board').click()
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeFocused()
  await expect(page.getByText('You are signed out')).toBeVisible()
  await page.getByRole('link', { name: 'Continue without an account' }).click()
  await board.isBoard('0010010')
})
