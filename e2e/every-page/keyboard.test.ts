import { downloadBy } from '../shared/files.ts'
import { expect, test } from '../shared/fixtures.ts'
import { keyboardOn } from '../shared/keyboard.ts'
import { somebody } from '../shared/person.ts'

test('the main job with the keyboard alone; each page takes the title and the focus', async ({ page, list }) => {
  const { press, tabTo } = keyboardOn(page)
  const heading = (name: string) => page.getByRole('heading', { level: 1, name })
  const { email, firstName, lastName } = somebody('Ana')

  await page.goto('/#0000000')
  await expect(page).toHaveTitle('Board · Jumping On The Clouds')
  await tabTo('button', 'Cloud 0, cumulus')
  await press('ArrowRight', 'ArrowRight', 'Space', 'End', 'ArrowLeft', 'Space')
  await tabTo('link', 'Sign in to save')
  await press('Enter')

  await expect(page).toHaveTitle('Sign in · Jumping On The Clouds')
  await expect(heading('Sign in')).toBeFocused()
  await tabTo('textbox', 'Email')
  for (const typed of [email, firstName, lastName]) {
    await page.keyboard.type(typed)
    await press('Tab')
  }
  for (const part of ['9', '5', '1940']) {
    await page.keyboard.type(part)
    await press('Tab')
  }
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeFocused()
  await press('Enter')

  await expect(page).toHaveTitle('Board · Jumping On The Clouds')
  await expect(heading('Fewest jumps from first to last')).toBeFocused()
  await expect(page).toHaveURL('/#0010010')
  await tabTo('button', 'Save board')
  await press('Enter')
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('Board saved')
  await tabTo('link', 'See my boards')
  await press('Enter')

  await expect(page).toHaveTitle('My boards · Jumping On The Clouds')
  await expect(heading('My boards')).toBeFocused()
  await expect(list.rows).toHaveCount(1)
  await page.goBack()
  await expect(page).toHaveTitle('Board · Jumping On The Clouds')
  await expect(heading('Fewest jumps from first to last')).toBeFocused()
})

test('the list with the keyboard alone: filter, columns, export, sort, open', async ({ page, ana, admin, list }) => {
  const { press, tabTo } = keyboardOn(page)
  await ana.submits('00', '0110', '0010010')
  await admin.opens('/submissions')
  await tabTo('textbox', 'Email contains')
  await page.keyboard.type(ana.email)
  await expect(list.rows).toHaveCount(3)
  await tabTo('button', 'Columns')
  await press('Enter')
  await tabTo('checkbox', 'Email')
  await press('Space', 'Escape')
  await expect(list.button('Columns')).toBeFocused()
  await expect(list.header('Email')).toHaveCount(0)
  await page.reload()
  await expect(list.rows).toHaveCount(3)
  await expect(list.header('Email')).toHaveCount(0)
  await tabTo('button', 'Export')
  await press('Enter')
  await tabTo('button', 'CSV for spreadsheets')
  const { text } = await downloadBy(page, () => press('Enter'))
  expect(text.trim().split('\n')).toHaveLength(4)
  await tabTo('button', 'Clouds')
  await press('Enter', 'Enter')
  await list.shows('Clouds', [2, 4, 7])
  await press('Tab', 'Tab', 'Tab')
  const boards = list.rows.getByRole('link')
  for (const [key, row] of [
    ['ArrowDown', 1],
    ['Home', 0],
    ['End', 2],
    ['ArrowDown', 2],
  ] as const) {
    await press(key)
    await expect(boards.nth(row)).toBeFocused()
  }
  await press('Enter')
  await expect(page).toHaveURL('/#0010010')
})

test('what has the focus and goes away gives it back', async ({ page, board }) => {
  await page.clock.install()
  await board.opens('0010010')
  await board.button('Share link').press('Enter')
  const dismiss = page.getByRole('button', { name: 'Dismiss' })
  await dismiss.focus()
  await dismiss.hover()
  await page.mouse.move(0, 0)
  await page.clock.fastForward(10_000)
  await expect(dismiss).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(dismiss).toHaveCount(0)
  await expect(board.button('Share link')).toBeFocused()
  await board.cloud(3).click()
  await board.button('Clear cloud 3').press('Enter')
  await expect(board.button('Clear cloud 3')).toHaveCount(0)
  await expect(page.locator(':focus')).toBeVisible()
})

test('people with the keyboard alone: a role is given, submissions are removed', async ({ page, ana, admin }) => {
  const { press, tabTo } = keyboardOn(page)
  await ana.submits('000')
  await admin.opens('/people')
  await tabTo('textbox', 'Find')
  await page.keyboard.type(ana.email)
  await expect(page.getByText('1 person', { exact: true })).toBeVisible()
  const more = page.getByRole('button', { name: 'More for Ana Silva' })
  await tabTo('button', 'More for Ana Silva')
  for (const key of ['Enter', 'Escape', 'Enter', 'ArrowDown']) await press(key)
  await expect(page.getByRole('alertdialog')).toHaveCount(0)
  await tabTo('button', 'Make admin')
  await press('Enter')
  await tabTo('button', 'Make admin')
  await press('Enter')
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('Ana Silva is now an administrator.')
  await expect(more).toBeFocused()
  await press('Enter')
  await tabTo('button', 'Remove 1 submission…')
  await press('Enter')
  await tabTo('button', 'Remove 1 submission')
  await press('Enter')
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('Submissions removed')
})

test('with the keyboard alone a file is imported, and the account erased', async ({ page, ana, imports }) => {
  const { press, tabTo } = keyboardOn(page)
  await ana.opens('/import')
  // Before the tabs: what has the browser tell of the question for a file takes another way than the key.
  const choosing = page.waitForEvent('filechooser')
  await tabTo('button', 'Choose a file')
  await press('Enter')
  await (await choosing).setFiles({ name: 'two.txt', mimeType: 'text/plain', buffer: Buffer.from('000\n0110\n') })
  await imports.endsWith('Done. 2 of 2 boards are saved.')

  await tabTo('link', 'Ana Silva')
  await press('Enter')
  await tabTo('button', 'Erase account…')
  await press('Enter')
  await tabTo('textbox', 'Type your email address to confirm')
  await page.keyboard.type(ana.email)
  await tabTo('button', 'Erase account')
  await press('Enter')
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('Account erased')
})
