import { expectAccessible } from '../shared/accessibility.ts'
import { expect, test } from '../shared/fixtures.ts'
import { nav } from '../shared/header.ts'
import { Person, somebody } from '../shared/person.ts'
import { submissionsOn } from './submissions.ts'

const THREE = ['00', '0110', '0010010']

test('a person sees their own boards, newest first; figures and charts count them', async ({ page, ana, list }) => {
  await ana.opens('/submissions', ...THREE)
  await list.shows('Clouds', [7, 4, 2])
  await list.shows('Jumps', [4, 'blocked', 1])
  await expect(list.header('Email')).toHaveCount(0)
  await expect(list.email).toHaveCount(0)
  await expect(page.getByText('1 to 3 of 3')).toBeVisible()
  const figure = (term: string) =>
    page.getByRole('term').filter({ hasText: term }).locator('xpath=following-sibling::dd')
  await expect(figure('Boards')).toHaveText('3')
  await expect(figure('Solvable')).toHaveText('67%')
  await expect(figure('Median jumps')).toHaveText('2.5')
  await expect(figure('Longest board')).toHaveText('7')
  const chart = page.getByRole('img', { name: /^Clouds per board\./ })
  await expect(chart).toHaveAccessibleName('Clouds per board. Most common: 1 to 5 clouds, 2 boards.')
  await expect(chart.getByText('6 to 10 clouds: 1 solvable, 0 blocked')).toBeAttached()
  await expect(page.getByRole('region', { name: 'Most submissions' })).toHaveCount(0)
  await list.route('Blocked').check({ force: true })
  await expect(figure('Boards')).toHaveText('1')
  await expect(page.getByRole('img', { name: /^Boards per day, / })).toBeVisible()
})

for (const [where, zone] of [
  ['that does not know where it is', 'Etc/Unknown'],
  ['whose time zone the service does not know', '+02:00'],
] as const) {
  test(`in a browser ${where} days and times are in UTC, and the page says so`, async ({
    page,
    complaints,
    ana,
    list,
  }) => {
    complaints.expect(/status of 400/)
    await page.addInitScript((timeZone) => {
      const { resolvedOptions } = Intl.DateTimeFormat.prototype
      Intl.DateTimeFormat.prototype.resolvedOptions = function () {
        return { ...resolvedOptions.call(this), timeZone }
      }
    }, zone)
    await ana.opens('/submissions?from=2020-01-01', '000')
    // Where it says so, the page has been loaded anew in UTC.
    await expect(page.getByText('so days and times are in UTC.')).toBeVisible()
    await list.shows('Clouds', [3])
    await expect(list.rows.getByRole('time')).toHaveText(/ UTC$/)
  })
}

test('ten quick changes of a filter load until the last answer', async ({ page, ana, list, calls }) => {
  await ana.opens('/submissions', ...THREE)
  await list.shows('Clouds', [7, 4, 2])
  const loading = await calls.hold('GET', '/jotc')
  for (let time = 0; time < 5; time++) {
    await list.route('Blocked').check({ force: true })
    await list.route('Solvable').check({ force: true })
  }
  await expect.poll(() => loading.count).toBeGreaterThanOrEqual(2)
  await expect(list.loading).toBeVisible()
  await expectAccessible(page)
  await loading.letGo()
  await list.shows('Clouds', [7, 2])
  await expect(list.loading).toHaveCount(0)
  await expect(page.getByRole('alert')).toHaveCount(0)
})

test('page, sort and filters are there again after back, reload and in a new tab', async ({
  page,
  ana,
  list,
  context,
}) => {
  const sizes = Array.from({ length: 17 }, (_, index) => index + 2)
  await ana.opens('/submissions', '0110', ...sizes.map((size) => '0'.repeat(size)))
  await list.route('Solvable').check({ force: true })
  await list.button('Clouds').click()
  await expect(list.header('Clouds')).toHaveAttribute('aria-sort', 'descending')
  await list.button('Clouds').click()
  await list.shows('Clouds', sizes.slice(0, 15))
  await expect(list.button('Previous')).toBeDisabled()
  await list.button('Next').click()
  await isTheSame()
  await expect(list.button('Next')).toBeDisabled()
  await nav(page, 'Board').click()
  await expect(page.getByRole('toolbar', { name: 'Clouds' })).toBeVisible()
  await page.goBack()
  await isTheSame()
  await page.reload()
  await isTheSame()
  const other = await context.newPage()
  await other.goto(page.url())
  await isTheSame(other)
  await page.getByLabel('Rows per page').selectOption('50')
  await list.shows('Clouds', sizes)

  // Another page opens at its top, also after going back within this one.
  await page.setViewportSize({ width: 390, height: 600 })
  await page.goBack()
  await expect(page.getByText('Page 2 of 2')).toBeVisible()
  await list.rows.last().scrollIntoViewIfNeeded()
  await nav(page, 'Board').click()
  await expect(page.getByRole('toolbar', { name: 'Clouds' })).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  expect(await page.evaluate(() => scrollY)).toBe(0)

  async function isTheSame(tab = page) {
    const shown = submissionsOn(tab)
    await shown.shows('Clouds', [17, 18])
    await expect(shown.route('Solvable')).toBeChecked()
    await expect(shown.header('Clouds')).toHaveAttribute('aria-sort', 'ascending')
    await expect(tab.getByText('Page 2 of 2')).toBeVisible()
  }
})

test('two days narrow the list, or a span up to today; what is no day or no span is said', async ({
  page,
  ana,
  list,
}) => {
  await ana.opens('/submissions', '000')
  await list.day('from').fill('2026-01-01')
  await list.day('to').fill('2026-01-31')
  await expect(page.getByRole('heading', { name: 'No boards match' })).toBeVisible()
  await expect(page).toHaveURL(/from=2026-01-01&to=2026-01-31/)
  await expectAccessible(page)
  await list.day('to').fill('2025-12-31')
  await expect(list.day('to')).toHaveAccessibleDescription('The first day is after the last one. Swap them.')
  await expectAccessible(page)
  await list.shows('Clouds', [3])
  await list.button('Reset').click()
  await list.day('to').fill('2026-01-31')
  await expect(page.getByRole('heading', { name: 'No boards match' })).toBeVisible()
  await list.day('to').press('Backspace')
  await list.shows('Clouds', [3])
  await expect(list.day('to')).toHaveAccessibleDescription('')
  await list.day('from').focus()
  await expect(list.day('to')).toHaveAccessibleDescription('Check this date. It is incomplete or does not exist.')
  await list.button('Reset').click()
  await expect(list.day('to')).toHaveAccessibleDescription('')
  const span = page.getByRole('radio', { name: '7 days' })
  await span.check({ force: true })
  const days = async () => [await list.day('from').inputValue(), await list.day('to').inputValue()].map(Date.parse)
  await expect.poll(async () => (await days()).reduce((from, to) => (to - from) / 86_400_000)).toBe(6)
  await list.shows('Clouds', [3])
  await list.day('to').fill('2025-01-01')
  await expect(span).not.toBeChecked()
})

test('clouds and jumps narrow the list; folded, the filters say how many do', async ({ page, ana, list }) => {
  await ana.opens('/submissions', '00', '0110', '0010010', '00000')
  await list.button('More filters').click()
  const end = (name: string) => page.getByRole('textbox', { name, exact: true })
  await end('Clouds, from').fill('3')
  await end('Jumps, to').fill('3')
  await list.shows('Clouds', [5])
  await end('Jumps, from').fill('9')
  await expect(end('Jumps, from')).toHaveAccessibleDescription('The first number is above the second. Swap them.')
  await list.shows('Clouds', [5, 7, 4])
  await end('Jumps, from').fill('many')
  await expect(end('Jumps, from')).toHaveAccessibleDescription('Enter a whole number from 0 to 9,999.')
  await end('Jumps, from').fill('')
  await expectAccessible(page)
  await list.button('More filters').click()
  await expect(list.button('More filters (2)')).toHaveAttribute('aria-expanded', 'false')
  await page.reload()
  await list.shows('Clouds', [5])

  await list.route('Blocked').check({ force: true })
  await list.button('More filters (1)').click()
  await expect(end('Jumps, to')).toBeDisabled()
  await expect(end('Jumps, to')).toHaveAccessibleDescription('Blocked boards have no jumps.')
  await list.shows('Clouds', [4])
  await list.button('Reset').click()
  await expect(end('Clouds, from')).toHaveValue('')
  await list.shows('Clouds', [5, 7, 4, 2])
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
