import { expect, type Page } from '@playwright/test'

type Count = 'Read' | 'Solvable' | 'Blocked' | 'Not read'

/** The import page, by what stands on it. */
export function importOn(page: Page) {
  const table = (name: string) => page.getByRole('table', { name })
  return {
    button: (name: string) => page.getByRole('button', { name, exact: true }),
    file: page.locator('input[type=file]'),
    bar: page.getByRole('progressbar', { name: 'Boards read' }),
    results: (name = 'Results') => table(name),
    errors: table('Not read'),
    status: (text: string) => page.getByRole('status').filter({ hasText: text }),

    async opens() {
      await page.goto('/import')
      await expect(page.getByRole('heading', { level: 1, name: 'Import boards' })).toBeVisible()
    },
    async chooses(name: string, lines: readonly string[]) {
      const choosing = page.waitForEvent('filechooser')
      await this.button('Choose a file').click()
      const buffer = Buffer.from(lines.join('\n'))
      await (await choosing).setFiles({ name, mimeType: 'text/plain', buffer })
    },
    async counts(counts: Partial<Record<Count, string>>) {
      for (const [name, figure] of Object.entries(counts)) {
        const term = page.getByRole('term').filter({ hasText: new RegExp(`^${name}$`) })
        await expect(page.locator('dl > div').filter({ has: term }).getByRole('definition')).toHaveText(figure)
      }
    },
    async endsWith(text: string) {
      await expect(page.getByText(text)).toBeVisible()
    },
    /** The headline of an import that is done. */
    async sums(sentence: string) {
      await expect(this.status(sentence)).toHaveText(sentence)
    },
  }
}

/** That many boards, all of them solvable. */
export function boards(count: number): string[] {
  return Array.from({ length: count }, (_, place) => `00${'10'.repeat(place % 7)}0`)
}
