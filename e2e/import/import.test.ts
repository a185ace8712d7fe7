import { join } from 'node:path'
import { expectAccessible } from '../shared/accessibility.ts'
import { downloadBy, dropFile, withoutPicker } from '../shared/files.ts'
import { expect, test } from '../shared/fixtures.ts'
import { fail, hold } from '../shared/routing.ts'
import { isCallTo, list } from '../shared/service.ts'
import { signInForm } from '../shared/sign-in.ts'
import { boards, importOn } from './import.ts'

const BATCH = isCallTo('/jotc/batch')

test('a file of boards is solved, kept, and given back with its errors by line', async ({ page, ana }) => {
  await ana.signsIn()
  await importOn(page).opens()
  await importOn(page).chooses('november.txt', [...boards(1200), '0 0 2 0', '', '[0, 1, 0]', '0110', '100'])
  await importOn(page).endsWith('Done. 1,202 of 1,204 boards are saved.')
  await expect(page.getByText('Read as text, one board per line.')).toBeVisible()

  await importOn(page).sums('1,201 solvable, 1 blocked, 2 not read')
  await expect(importOn(page).errors.getByRole('row')).toHaveText([
    'ProblemBoards',
    'Position 3 is “2”. Use only 0 and 1.Line 1,2011',
    /^The first cloud is a thunderhead\..*Line 1,2051$/,
  ])
  await expect(importOn(page).results('The last nine of 1,202').getByRole('row').nth(1)).toContainText('blocked')
  expect((await list(ana.session.token)).total).toBe(1202)

  await importOn(page).button('Download results').click()
  const results = await downloadBy(page, () => importOn(page).button('CSV for spreadsheets').click())
  expect(results.name).toBe('november.txt-results.csv')
  expect(results.text.split('\r\n')).toHaveLength(1 + 1202 + 1)
  await importOn(page).button('Download errors').click()
  const errors = await downloadBy(page, () => importOn(page).button('JSON lines for programs').click())
  expect(JSON.parse(errors.text.split('\n')[0] ?? '')).toMatchObject({ line: 1201 })
  await expectAccessible(page)
})

test('what is wrong in the same words is one row, the most frequent first, with its places', async ({ page, ana }) => {
  await ana.signsIn()
  await importOn(page).opens()
  await dropFile(page, 'items.json', JSON.stringify([[0, 1], ...Array(14).fill([1, 0]), [0, 1], [0, 0, 0]]))
  await importOn(page).sums('1 solvable, 16 not read')
  await expect(importOn(page).errors.getByRole('row')).toHaveText([
    'ProblemBoards',
    /Items 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 and 2 more14$/,
    /Items 1, 162$/,
  ])
  await expectAccessible(page)
})

test('a file that is dropped on the page is read; JSON lines too', async ({ page, ana }) => {
  await ana.signsIn()
  await importOn(page).opens()
  await dropFile(page, 'boards.jsonl', '{"clouds":[0,1,0]}\n{"clouds":"0010"}\n"000"\n')
  await importOn(page).endsWith('Done. 3 of 3 boards are saved.')
  await importOn(page).sums('3 solvable')
})

test('what the page and the service write is read again', async ({ page, ana }) => {
  await withoutPicker(page)
  await ana.signsIn()
  await importOn(page).opens()
  await importOn(page).chooses('boards.txt', ['0010', '0110', '0'])
  await importOn(page).endsWith('Done. 3 of 3 boards are saved.')
  for (const format of ['CSV for spreadsheets', 'CSV for German Excel', 'JSON lines for programs']) {
    await importOn(page).button('Download results').click()
    const { name, text } = await downloadBy(page, () => importOn(page).button(format).click())
    await dropFile(page, `again-${name}`, text)
    await expect(page.getByRole('heading', { name: `again-${name}` })).toBeVisible()
    await importOn(page).endsWith('Done. 3 of 3 boards are saved.')
    await importOn(page).sums('2 solvable, 1 blocked')
  }
  await page.goto('/submissions')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const button = page.getByRole('button', { name: 'CSV for German Excel' })
  const exported = await downloadBy(page, () => button.click())
  expect(exported.text).toContain('id;createdAt;email;clouds;')
  await importOn(page).opens()
  await dropFile(page, exported.name, exported.text)
  await importOn(page).endsWith('Done. 12 of 12 boards are saved.')
  await expect(page.getByText('Read as CSV with semicolons.')).toBeVisible()
})

test('files that other programs wrote are read, each as what it is', async ({ page, ana }) => {
  test.slow()
  await ana.signsIn()
  await importOn(page).opens()
  for (const [name, format] of Object.entries(READ)) {
    await importOn(page).file.setInputFiles(`${BOARD_FILES}/${name}`)
    await expect(page.getByRole('heading', { name })).toBeVisible()
    await importOn(page).endsWith('Done. 4 of 4 boards are saved.')
    await expect(page.getByText(`Read as ${format}.`, { exact: true })).toBeVisible()
    await importOn(page).sums('3 solvable, 1 blocked')
  }
  for (const [name, sentence] of Object.entries(REFUSED)) {
    await importOn(page).file.setInputFiles(`${BOARD_FILES}/${name}`)
    await expect(page.getByRole('heading', { name })).toBeVisible()
    await expect(page.getByRole('alert').filter({ hasText: 'File not read' })).toContainText(sentence)
  }
  const { items, total } = await list(ana.session.token)
  expect(total).toBe(4 * Object.keys(READ).length)
  expect(new Set(items.map(({ clouds }) => clouds))).toEqual(new Set(['0010010', '0', '0110', '000']))
})

const BOARD_FILES = join(import.meta.dirname, 'board-files')
/** What each was made by stands in the README beside them. */
const READ = {
  'python.csv': 'CSV with commas',
  'python-quoted.csv': 'CSV with semicolons',
  'python.json': 'JSON',
  'hackerrank.txt': 'HackerRank’s two-line format',
  'jq-lines.jsonl': 'JSON lines',
  'jq-indented.json': 'JSON',
  'libreoffice-german.csv': 'CSV with semicolons',
  'libreoffice-utf16.tsv': 'CSV with tabs',
  'iconv-utf16.txt': 'CSV with tabs',
  'tr-carriage-returns.txt': 'text, one board per line',
  'export-semicolons.csv': 'CSV with semicolons',
  'export-through-libreoffice.csv': 'CSV with semicolons',
  'export.ndjson': 'JSON lines',
}
const REFUSED = {
  'libreoffice.xlsx': 'This is an Excel workbook. Save it as CSV.',
  'libreoffice.ods': 'This is an OpenDocument file. Save it as CSV.',
  'gzip.txt.gz': 'This is a gzip archive. Unpack it first.',
  'iconv-latin1.csv': 'Line 1 is damaged or not in UTF-8. Save the file as UTF-8.',
}

test('a file that cannot be read to its end is refused as a whole', async ({ page, ana }) => {
  await ana.signsIn()
  await importOn(page).opens()
  for (const [content, sentence] of [
    ['[\n[0,1,0],\n[0,', 'The JSON breaks on line 3 at character 3.'],
    ['Row;First;Second\n0;0;0\n', 'The first row names columns. Name the one with the boards “clouds”'],
    ['PK\x03\x04xl/workbook.xml', 'This is an Excel workbook. Save it as CSV.'],
  ] as const) {
    await dropFile(page, 'boards', content)
    await expect(page.getByRole('alert').filter({ hasText: 'File not read' })).toContainText(sentence)
  }
  await expectAccessible(page)
  expect((await list(ana.session.token)).total).toBe(0)
})

test('a file that is too large or empty is refused, and says why', async ({ page, ana }) => {
  await ana.signsIn()
  await importOn(page).opens()
  await dropFile(page, 'large.txt', { megabytes: 51 })
  await expect(page.getByRole('alert')).toContainText('It is 51 MB. The limit is 50 MB.')
  await dropFile(page, 'empty.txt', '')
  await expect(page.getByRole('alert')).toContainText('It is empty.')
  await expectAccessible(page)
})

test('an import that is stopped keeps what was answered', async ({ page, ana }) => {
  await ana.signsIn()
  await importOn(page).opens()
  let slices = 0
  await page.route(BATCH, (route) =>
    ++slices === 1 || route.request().method() !== 'POST' ? route.continue() : undefined,
  )
  await importOn(page).chooses('boards.txt', boards(1300))
  await importOn(page).counts({ Read: '500 of 1,300' })
  await expectAccessible(page)
  await importOn(page).button('Stop').click()
  await importOn(page).endsWith('Stopped. Everything read so far is saved.')
  await importOn(page).button('Download results').click()
  const { text } = await downloadBy(page, () => importOn(page).button('JSON lines for programs').click())
  expect(text.trim().split('\n')).toHaveLength(500)
  expect((await list(ana.session.token)).total).toBe(500)
})

test('an import can be paused, and goes on while other pages are looked at', async ({ page, ana }) => {
  await ana.signsIn()
  await importOn(page).opens()
  const held = await hold(page, 'POST', '/jotc/batch')
  await importOn(page).chooses('boards.txt', boards(900))
  await expect.poll(() => held.count).toBe(1)
  await importOn(page).button('Pause').click()
  await held.letGo()
  await importOn(page).counts({ Read: '500 of 900' })
  await importOn(page).endsWith('Paused.')
  await importOn(page).button('Resume').click()
  await page.getByRole('link', { name: 'My boards', exact: true }).click()
  await page.getByRole('link', { name: 'Import', exact: true }).click()
  await importOn(page).endsWith('Done. 900 of 900 boards are saved.')
  expect((await list(ana.session.token)).total).toBe(900)
})

test('an answer that gets lost is asked for again, and nothing is recorded twice', async ({
  page,
  ana,
  complaints,
}) => {
  complaints.expect(/ERR_CONNECTION_RESET/)
  await ana.signsIn()
  await importOn(page).opens()
  let isLost = false
  await page.route(BATCH, async (route) => {
    if (isLost || route.request().method() !== 'POST') return route.continue()
    isLost = true
    await route.fetch()
    await route.abort('connectionreset')
  })
  await importOn(page).chooses('boards.txt', boards(700))
  await expect(importOn(page).status('Import waiting')).toBeVisible()
  await importOn(page).endsWith('Done. 700 of 700 boards are saved.')
  await importOn(page).sums('700 solvable')
  expect((await list(ana.session.token)).total).toBe(700)
})

test('an import waits while the browser is offline, and goes on by itself', async ({ page, ana, complaints }) => {
  complaints.expect(/ERR_INTERNET_DISCONNECTED/)
  await ana.signsIn()
  await importOn(page).opens()
  await page.context().setOffline(true)
  await importOn(page).chooses('boards.txt', boards(20))
  await expect(importOn(page).status('You are offline. The import resumes when you are back online.')).toBeVisible()
  await expectAccessible(page)
  await page.context().setOffline(false)
  await importOn(page).endsWith('Done. 20 of 20 boards are saved.')
})

test('a session that ends on the way leads to sign-in and back to the import', async ({ page, ana, complaints }) => {
  complaints.expect(/401/)
  await ana.signsIn()
  await importOn(page).opens()
  const heal = await fail(page, 'POST', '/jotc/batch', 'session-ended')
  await importOn(page).chooses('boards.txt', boards(20))
  await expect(signInForm(page).email).toBeVisible()
  await heal()
  await signInForm(page).fill(ana.details)
  await signInForm(page).submit.click()
  await expect(page.getByRole('alert').filter({ hasText: 'The import stopped' })).toBeVisible()
  await importOn(page).button('Resume').click()
  await importOn(page).endsWith('Done. 20 of 20 boards are saved.')
})

test('whoever is signed out is led to sign-in', async ({ page }) => {
  await importOn(page).opens()
  await expect(page.getByRole('heading', { name: 'Sign in to import boards' })).toBeVisible()
  await expectAccessible(page)
})
