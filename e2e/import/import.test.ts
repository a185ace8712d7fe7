import { expectAccessible } from '../shared/accessibility.ts'
import { downloadBy, dropFile } from '../shared/files.ts'
import { expect, test } from '../shared/fixtures.ts'
import { boards } from './import.ts'

test('a file of boards is solved, kept, and given back with its errors by line', async ({ page, ana, imports }) => {
  await ana.opens('/import')
  await imports.chooses('november.txt', [...boards(1200), '0 0 2 0', '', '[0, 1, 0]', '0110', '100'])
  await imports.endsWith('Done. 1,202 of 1,204 boards are saved.')
  await expect(page.getByText('Read as text, one board per line.')).toBeVisible()

  await imports.sums('1,201 solvable, 1 blocked, 2 not read')
  await expect(imports.errors.getByRole('row')).toHaveText([
    'ProblemBoards',
    'Position 3 is “2”. Use only 0 and 1.Line 1,2011',
    /^The first cloud is a thunderhead\..*Line 1,2051$/,
  ])
  await expect(imports.table('The last nine of 1,202').getByRole('row').nth(1)).toContainText('blocked')
  expect(await ana.count()).toBe(1202)
  await expectAccessible(page)

  await imports.button('Download errors').click()
  const errors = await downloadBy(page, () => imports.button('JSON lines for programs').click())
  expect(JSON.parse(errors.text.split('\n')[0] ?? '')).toMatchObject({ line: 1201 })
  await imports.button('Download results').click()
  const results = await downloadBy(page, () => imports.button('CSV for German Excel').click())
  expect(results.name).toBe('november.txt-results.csv')
  // What the page wrote is read again.
  await dropFile(page, 'again.csv', results.text)
  await imports.sums('1,201 solvable, 1 blocked')
  await expect(page.getByText('Read as CSV with semicolons.')).toBeVisible()

  // What is wrong in the same words is one row, the most frequent first, with its places.
  await dropFile(page, 'items.json', JSON.stringify([[0, 1], ...Array(14).fill([1, 0]), [0, 1], [0, 0, 0]]))
  await imports.sums('1 solvable, 16 not read')
  await expect(imports.errors.getByRole('row')).toHaveText([
    'ProblemBoards',
    /Items 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 and 2 more14$/,
    /Items 1, 162$/,
  ])
})

test('a file that is empty, too large, or cannot be read to its end is refused as a whole', async ({ page, ana }) => {
  await ana.opens('/import')
  for (const [content, sentence] of [
    ['[\n[0,1,0],\n[0,', 'The JSON breaks on line 3 at character 3.'],
    ['Row;First;Second\n0;0;0\n', 'The first row names columns. Name the one with the boards “clouds”'],
    ['', 'It is empty.'],
    [{ megabytes: 51 }, 'It is 51 MB. The limit is 50 MB.'],
  ] as const) {
    await dropFile(page, 'boards', content)
    await expect(page.getByRole('alert').filter({ hasText: sentence })).toBeVisible()
  }
  await expectAccessible(page)
  expect(await ana.count()).toBe(0)
})

test('an import that is stopped keeps what was answered', async ({ page, ana, imports, calls }) => {
  await ana.opens('/import')
  // The first slice is answered, no other.
  await calls.hold('POST', '/jotc/batch')
  await page.route(/\/jotc\/batch/, (route) => route.continue(), { times: 1 })
  await imports.chooses('boards.txt', boards(1300))
  await imports.hasRead('500 of 1,300')
  await expectAccessible(page)
  await imports.button('Stop').click()
  await imports.endsWith('Stopped. Everything read so far is saved.')
  await imports.button('Download results').click()
  const { text } = await downloadBy(page, () => imports.button('JSON lines for programs').click())
  expect(text.trim().split('\n')).toHaveLength(500)
  expect(await ana.count()).toBe(500)
})

test('an import can be paused, and goes on while other pages are looked at', async ({ page, ana, imports, calls }) => {
  await ana.opens('/import')
  const held = await calls.hold('POST', '/jotc/batch')
  await imports.chooses('boards.txt', boards(900))
  await expect.poll(() => held.count).toBe(1)
  await imports.button('Pause').click()
  await held.letGo()
  await imports.hasRead('500 of 900')
  await imports.endsWith('Paused.')
  await imports.button('Resume').click()
  await page.getByRole('link', { name: 'My boards', exact: true }).click()
  await page.getByRole('link', { name: 'Import', exact: true }).click()
  await imports.endsWith('Done. 900 of 900 boards are saved.')
  expect(await ana.count()).toBe(900)
})

test('an import waits while offline; an answer that gets lost is asked for again, and recorded once', async ({
  page,
  ana,
  complaints,
  imports,
  calls,
}) => {
  complaints.expect(/ERR_INTERNET_DISCONNECTED/)
  await ana.opens('/import')
  await page.context().setOffline(true)
  await imports.chooses('boards.txt', boards(700))
  await expect(imports.status('You are offline. The import resumes when you are back online.')).toBeVisible()
  await expectAccessible(page)
  const heal = await calls.cutOff('POST', '/jotc/batch')
  await page.context().setOffline(false)
  await expect(imports.status('The server is busy. We will try again in a moment.')).toBeVisible()
  await heal()
  await calls.loseAnswer('POST', '/jotc/batch')
  await imports.endsWith('Done. 700 of 700 boards are saved.')
  await imports.sums('700 solvable')
  expect(await ana.count()).toBe(700)
})

test('who is signed out is led to sign-in, and back to an import whose session ended on the way', async ({
  page,
  ana,
  imports,
  form,
  calls,
}) => {
  await imports.opens()
  await expect(page.getByRole('heading', { name: 'Sign in to import boards' })).toBeVisible()
  await expectAccessible(page)
  await ana.opens('/import')
  const heal = await calls.fail('POST', '/jotc/batch', 'session-ended')
  await imports.chooses('boards.txt', boards(20))
  await expect(form.email).toBeVisible()
  await heal()
  await form.fill(ana.details)
  await form.submit.click()
  await expect(page.getByRole('alert').filter({ hasText: 'The import stopped' })).toBeVisible()
  await imports.button('Resume').click()
  await imports.endsWith('Done. 20 of 20 boards are saved.')
})
