import { expect, type Page } from '@playwright/test'

/** The people page, by what stands on it. */
export function peopleOn(page: Page) {
  const table = page.getByRole('table', { name: 'People' })
  return {
    rows: table.getByRole('row').filter({ has: page.getByRole('cell') }),
    find: page.getByRole('textbox', { name: 'Find' }),
    row: (text: string) => table.getByRole('row').filter({ hasText: text }),
    more: (name: string) => table.getByRole('button', { name: `More for ${name}` }),
    entry: (name: string) => table.getByRole('button', { name, exact: true }),
    /** Chooses an entry of the menu of a row. */
    async choose(name: string, entry: string) {
      await this.more(name).click()
      await this.entry(entry).click()
    },
    sortBy: (name: string) => table.getByRole('columnheader', { name }).getByRole('button').click(),
    dialog: page.getByRole('alertdialog'),
    async opens(search = '') {
      await page.goto(`/people?${new URLSearchParams({ search })}`)
      await expect(page.getByRole('heading', { level: 1, name: 'People' })).toBeVisible()
    },
  }
}
