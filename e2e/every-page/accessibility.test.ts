import { expectAccessible } from '../shared/accessibility.ts'
import { expect, test } from '../shared/fixtures.ts'

// The states that no other test comes by. All others are looked at where a test brings them about.

test('axe finds nothing to say of a board of one cloud, and of a long one', async ({ page, board }) => {
  await board.opens('0')
  await expectAccessible(page)
  await board.opens('0010'.repeat(30).concat('00'.repeat(60)))
  await expect(page.getByText(/^Clouds 0 to/)).toBeVisible()
  await expectAccessible(page)
})

test('axe finds nothing to say of lists that load', async ({ page, ana, admin, list, calls }) => {
  for (const path of ['/jotc', '/jotc/stats', '/users']) await calls.hold('GET', path)
  await ana.opens('/submissions')
  await expect(list.loading).toBeVisible()
  await expectAccessible(page)
  await admin.opens('/people')
  await expect(page.getByRole('progressbar', { name: 'Loading people' })).toBeVisible()
  await expectAccessible(page)
})
