import { expectAccessible } from '../shared/accessibility.ts'
import { expect, test } from '../shared/fixtures.ts'
import { Person, somebody } from '../shared/person.ts'

test('boards are counted by their size', async ({ page, ana }) => {
  await ana.opens('/submissions', '000', '0110', '0010010')
  const chart = page.getByRole('img', { name: /^Clouds per board\./ })
  await expect(chart).toHaveAccessibleName('Clouds per board. Most common: 1 to 5 clouds, 2 boards.')
  await expect(chart.getByText('6 to 10 clouds: 1 solvable, 0 blocked')).toBeAttached()
  await expect(page.getByRole('region', { name: 'Most submissions' })).toHaveCount(0)
})

test('administrators see who sent most, and narrow the list to one of them', async ({ page, ana, admin, list }) => {
  const shared = ana.email.split(/[.@]/)[1] ?? ''
  const ben = await Person.joins(page, somebody('Ben', `ben.${shared}`))
  await ana.submits('000')
  await ben.submits('0010', '00100')
  await admin.opens(`/submissions?email=${shared}`)
  const accounts = page.getByRole('region', { name: 'Most submissions' })
  await expect(accounts.getByRole('listitem')).toHaveText([`${ben.email}2`, `${ana.email}1`])
  await expectAccessible(page)

  await list.button(`${ana.email}: show their submissions`).click()
  await list.shows('Clouds', [3])
  await expect(list.email).toHaveValue(ana.email)
  await page.keyboard.press('Tab')
  await expect(list.button('Columns')).toBeFocused()
})
