import { expectAccessible } from '../shared/accessibility.ts'
import { downloadBy } from '../shared/files.ts'
import { expect, test } from '../shared/fixtures.ts'

test('the list is exported as it is filtered, as CSV of two kinds and as NDJSON', async ({ page, ana, list }) => {
  await ana.opens('/submissions?route=solvable', '0010010', '0110', '000')
  await expect(list.rows).toHaveCount(2)
  await list.button('Export').click()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(list.button('Export')).toBeFocused()
  const { name, text } = await downloadBy(page, () => list.exports('CSV for spreadsheets'))
  expect(name).toMatch(/^submissions-\d{4}-\d\d-\d\d\.csv$/)
  expect(text.charCodeAt(0)).toBe(0xfeff)
  expect(text.split('\r\n')).toHaveLength(1 + 2 + 1)
  expect((await downloadBy(page, () => list.exports('CSV for German Excel'))).text).toContain('id;createdAt;email;')
  const lines = await downloadBy(page, () => list.exports('JSON lines for programs'))
  expect(lines.name).toMatch(/\.ndjson$/)
  const sizes = lines.text
    .trim()
    .split('\n')
    .map((row) => (JSON.parse(row) as { size: number }).size)
  expect(sizes).toEqual([3, 7])
})

test('an export that cannot begin says why; after the session ended it leads to sign-in', async ({
  page,
  ana,
  list,
  form,
  calls,
}) => {
  await ana.opens('/submissions', '000')
  const downloads: unknown[] = []
  page.on('download', (download) => downloads.push(download))
  const heal = await calls.fail('GET', '/jotc/export', 'too-many-exports', { detail: 'You have two exports running.' })
  await list.exports('CSV for spreadsheets')
  await expect(page.getByRole('alert')).toContainText('You have two exports running.')
  expect(downloads).toEqual([])
  await heal()
  await downloadBy(page, () => list.exports('CSV for spreadsheets'))
  await calls.fail('GET', '/jotc/export', 'session-expired')
  await list.exports('CSV for spreadsheets')
  await expect(form.email).toBeVisible()
  await expect(page.getByText('We sign you out after a long time')).toBeVisible()
})
