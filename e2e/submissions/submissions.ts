import { expect, type Page } from '@playwright/test'

type Column = 'Clouds' | 'Jumps' | 'Email'

/** To administrators, and to all others. */
const TITLE = /^(?:Submissions|My boards)$/

/** The submissions page, by what stands on it. */
export function submissionsOn(page: Page) {
  const table = page.getByRole('table', { name: TITLE })
  const rows = table.getByRole('row').filter({ has: page.getByRole('cell') })
  /** The texts of the column's cells; the header says which of each row they are. */
  async function columnOf(column: Column): Promise<string[]> {
    const [header = [], ...lines] = await table.getByRole('row').evaluateAll((lines) =>
      // biome-ignore lint/performance/useDomNodeTextContent: units that are not shown are in the cells too
      lines.map((line) => Array.from(line.children as Iterable<HTMLElement>, (cell) => cell.innerText.trim())),
    )
    const place = header.indexOf(column)
    return lines.map((cells) => cells[place] ?? '')
  }
  return {
    table,
    rows,
    email: page.getByRole('textbox', { name: 'Email contains' }),
    loading: page.getByRole('progressbar'),
    button: (name: string) => page.getByRole('button', { name, exact: true }),
    header: (name: string) => table.getByRole('columnheader', { name }),
    route: (name: string) => page.getByRole('group', { name: 'Route' }).getByRole('radio', { name }),
    /** One end of the span of days. */
    day: (end: 'from' | 'to') => page.getByRole('group', { name: /^(?:Sent|Saved)$/ }).getByLabel(end, { exact: true }),

    async opens(search = '') {
      await page.goto(`/submissions${search}`)
      await expect(page.getByRole('heading', { level: 1, name: TITLE })).toBeVisible()
    },
    /** Chooses an entry of the menu “Export”. */
    async exports(format: string) {
      await this.button('Export').click()
      await this.button(format).click()
    },
    /** What stands in a column, from the first row to the last. */
    async shows(column: Column, values: readonly (string | number)[]) {
      await expect.poll(() => columnOf(column)).toEqual(values.map(String))
    },
  }
}
