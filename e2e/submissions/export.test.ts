import type { Page } from '@playwright/test'
import { expectAccessible } from '../shared/accessibility.ts'
import { downloadBy } from '../shared/files.ts'
import { expect, test } from '../shared/fixtures.ts'
import { fail } from '../shared/routing.ts'
import { signInForm } from '../shared/sign-in.ts'
import { submissionsOn } from './submissions.ts'

async function exports(page: Page, format = 'CSV for spreadsheets') {
  await submissionsOn(page).button('Export').click()
  await submissionsOn(page).button(format).click()
}

test('the list is exported as CSV, as it is filtered', async ({ page, ana }) => {
  await ana.submits('0010010', '0110', '000')
  await ana.signsIn()
  await submissionsOn(page).opens('?route=solvable')
  await expect(submissionsOn(page).rows).toHaveCount(2)
  const { name, text } = await downloadBy(page, () => exports(page))
  expect(name).toMatch(/^submissions-\d{4}-\d\d-\d\d\.csv$/)
  expect(text.charCodeAt(0)).toBe(0xfeff)
  expect(text.split('\r\n')).toHaveLength(1 + 2 + 1)
})

test('the list is exported as NDJSON', async ({ page, ana }) => {
  await ana.submits('0010010', '000')
  await ana.signsIn()
  await submissionsOn(page).opens()
  const { name, text } = await downloadBy(page, () => exports(page, 'JSON lines for programs'))
  expect(name).toMatch(/\.ndjson$/)
  const rows = text.trim().split('\n')
  expect(rows.map((row) => (JSON.parse(row) as { size: number }).size)).toEqual([3, 7])
})

test('an export that cannot begin says why, and nothing is downloaded', async ({ page, ana, complaints }) => {
  complaints.expect(/status of 429/)
  await ana.submits('000')
  await ana.signsIn()
  await submissionsOn(page).opens()
  const downloads: unknown[] = []
  page.on('download', (download) => downloads.push(download))
  const heal = await fail(page, 'GET', '/jotc/export', 'too-many-exports', { detail: 'You have two exports running.' })
  await exports(page)
  await expect(page.getByRole('alert')).toContainText('You have two exports running.')
  expect(downloads).toEqual([])
  await heal()
  await downloadBy(page, () => exports(page))
})

test('an export after the session ended leads to sign-in and back', async ({ page, ana, complaints }) => {
  complaints.expect(/status of 401/)
  await ana.submits('000')
  await ana.signsIn()
  await submissionsOn(page).opens()
  await expect(submissionsOn(page).rows).toHaveCount(1)
  await fail(page, 'GET', '/jotc/export', 'session-expired')
  await exports(page)
  await expect(signInForm(page).email).toBeVisible()
  await expect(page.getByText('We sign you out after a long time')).toBeVisible()
})

test('the menu of formats folds by Escape, and gives the focus back', async ({ page, ana }) => {
  await ana.submits('000')
  await ana.signsIn()
  await submissionsOn(page).opens()
  await submissionsOn(page).button('Export').press('Enter')
  await page.keyboard.press('Tab')
  await expect(submissionsOn(page).button('CSV for spreadsheets')).toBeFocused()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(submissionsOn(page).button('Export')).toBeFocused()
  await expect(submissionsOn(page).button('CSV for spreadsheets')).toBeHidden()
})
