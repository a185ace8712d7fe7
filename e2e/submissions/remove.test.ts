import { expectAccessible } from '../shared/accessibility.ts'
import { expect, test } from '../shared/fixtures.ts'
import { nav } from '../shared/header.ts'

const SOON = 'This board is removed in ten seconds.'

test('a board is removed ten seconds after it was asked for, unless that is undone or fails', async ({
  page,
  ana,
  list,
  calls,
}) => {
  await ana.submits('00', '0110', '0010010')
  await ana.signsIn()
  await page.clock.install()
  await list.opens()
  const small = list.button('Remove: Board of 2 clouds, 0 thunderheads')
  const middle = list.button('Remove: Board of 4 clouds, 2 thunderheads')
  await small.press('Enter')
  await list.button('Undo').press('Enter')
  await expect(small).toBeFocused()
  await page.clock.runFor(10_000)
  await list.shows('Clouds', [7, 4, 2])
  expect(await ana.count()).toBe(3)

  const id = (await ana.submissions())[1]?.id
  const heal = await calls.fail('DELETE', `/jotc/${id}`, 'unexpected')
  await middle.click()
  await page.clock.runFor(10_000)
  await expect(page.getByRole('alert')).toContainText('Board not removed')
  await list.shows('Clouds', [7, 4, 2])
  await heal()

  await middle.click()
  await expect(page.getByText(SOON)).toBeVisible()
  await expect(list.button('Undo')).toBeFocused()
  await expect(list.button('Undo')).toHaveAccessibleDescription(SOON)
  await expectAccessible(page)
  await expect(page.getByText('1 to 3 of 3')).toBeVisible()
  await page.clock.runFor(10_000)
  await list.shows('Clouds', [7, 2])
  await expect(page.getByText('1 to 2 of 2')).toBeVisible()
  expect(await ana.count()).toBe(2)
})

test('who leaves the page within the ten seconds has removed it', async ({ page, ana, list }) => {
  await page.clock.install()
  await ana.opens('/submissions', '00', '0110', '000')
  await list.button('Remove: Board of 4 clouds, 2 thunderheads').click()
  await nav(page, 'Board').click()
  await expect(page.getByRole('toolbar', { name: 'Clouds' })).toBeVisible()
  await page.goBack()
  await list.shows('Clouds', [3, 2])

  // At once, before the browser has painted.
  await page.clock.pauseAt(Date.now() + 1_000)
  await list.button('Remove: Board of 2 clouds, 0 thunderheads').click()
  await page.reload()
  await expect.poll(async () => (await ana.submissions()).map(({ size }) => size)).toEqual([3])
})
