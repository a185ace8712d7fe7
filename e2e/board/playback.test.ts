import { expectAccessible } from '../shared/accessibility.ts'
import { expect, test } from '../shared/fixtures.ts'

test('played back, the route ends on its last cloud, with motion or without', async ({ page, board }) => {
  await board.opens('0010010')
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('4×')
  for (const reducedMotion of ['no-preference', 'reduce'] as const) {
    await page.emulateMedia({ reducedMotion })
    await board.button('Play').click()
    await expect(page.getByText('4 of 4', { exact: true })).toBeVisible()
    await expect(board.button('Play')).toBeVisible()
    await expect(board.button('Step forward')).toBeDisabled()
    await board.button('Back to the start').click()
    await expect(page.getByText('0 of 4', { exact: true })).toBeVisible()
  }
})

test('step by step a sentence says why each jump, and the code shows its line', async ({ page, board }) => {
  await board.opens('00001000')
  await page.getByText('Why it takes 4 jumps').click()
  await expect(page.getByText('So jump two whenever that cloud is cumulus.')).toBeVisible()
  const line = page.locator('[aria-current="step"]')
  await expect(line).toHaveText('let at = 0, jumps = 0')
  for (const [jump, why, code] of [
    [1, 'Cloud 2 is cumulus, so jump two.', 'if (clouds[at + 2] === 0) at += 2'],
    [2, 'Cloud 4 is a thunderhead, so jump one.', 'else if (clouds[at + 1] === 0) at += 1'],
  ] as const) {
    await board.button('Step forward').click()
    await expect(page.getByText(`${jump} of 4`, { exact: true })).toBeVisible()
    await expect(page.getByText(`Jump ${jump} ${why}`)).toBeVisible()
    await expect(line).toHaveText(code)
  }
  await expectAccessible(page)
  await page.getByRole('radio', { name: 'Python' }).press('Space')
  await expect(line).toHaveText('at, jumps = at + 1, jumps + 1')
  await board.button('Step back').click()
  await expect(page.getByText('1 of 4', { exact: true })).toBeVisible()
  await board.button('Back to the start').click()
  await expect(page.getByText('The hare starts on cloud 0.')).toBeVisible()
  await page.getByRole('slider', { name: 'Position of the hare' }).press('End')
  await expect(page.getByText('4 of 4', { exact: true })).toBeVisible()
  await expect(board.clouds.locator('[data-at]')).toHaveAttribute('data-at', '7')
})

test('an edit while playing starts the new route from its first cloud', async ({ page, board }) => {
  await board.opens('0'.repeat(60))
  await board.button('Play').click()
  await expect(page.getByText(/^[1-9]\d? of 30$/)).toBeVisible()
  await board.cloud(2).click()
  await expect(page.getByText(/^0 of \d+$/)).toBeVisible()
  await expect(board.button('Play')).toBeVisible()
})
