import type { Page } from '@playwright/test'
import { expectAccessible } from '../shared/accessibility.ts'
import { downloadBy } from '../shared/files.ts'
import { expect, test } from '../shared/fixtures.ts'
import { submissionsOn } from './submissions.ts'

async function exports(page: Page, format = 'CSV for spreadsheets') {
  await submissionsOn(page).button('Export').click()
  await submissionsOn(page).button(format).click()
}

test('the list is exported as CSV and as NDJSON, as it is filtered', async ({ page, ana, list }) => {
  await ana.opens('/submissions?route=solvable', '0010010', '0110', '000')
  await expect(list.rows).toHaveCount(2)
  await list.button('Export').click()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(list.button('Export')).toBeFocused()
  const { name, text } = await downloadBy(page, () => exports(page))
  expect(name).toMatch(/^submissions-\d{4}-\d\d-\d\d\.csv$/)
  expect(text.charCodeAt(0)).toBe(0xfeff)
  expect(text.split('\r\n')).toHaveLength(1 + 2 + 1)
  const lines = await downloadBy(page, () => exports(page, 'JSON lines for programs'))
  expect(lines.name).toMatch(/\.ndjson$/)
  expect(
    lines.text
      .trim()
      .split('\n')
      .map((row) => (JSON.parse(row) as { size: number }).size),
  ).toEqual([3, 7])
})

test('an export that cannot begin says why, and nothing is downloaded', async ({ page, ana, calls }) => {
  await ana.opens('/submissions', '000')
  const downloads: unknown[] = []
  page.on('download', (download) => downloads.push(download))
  const heal = await calls.fail('GET', '/jotc/export', 'too-many-exports', { detail: 'You have two exports running.' })
  await exports(page)
  await expect(page.getByRole('alert')).toContainText('You have two exports running.')
  expect(downloads).toEqual([])
  await heal()
  await downloadBy(page, () => exports(page))
})

test('an export after the session ended leads to sign-in and back', async ({ page, ana, list, form, calls }) => {
  await ana.opens('/submissions', '000')
  await expect(list.rows).toHaveCount(1)
  await calls.fail('GET', '/jotc/export', 'session-expired')
  await exports(page)
  await expect(form.email).toBeVisible()
  await expect(page.getByText('We sign you out after a long time')).toBeVisible()
})
