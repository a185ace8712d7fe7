import { expect, type Page } from '@playwright/test'

/** The import page, by what stands on it. */
export function importOn(page: Page) {
  const table = (name: string) => page.getByRole('table', { name })
  return {
    table,
    errors: table('Not read'),
    button: (name: string) => page.getByRole('button', { name, exact: true }),
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
    async hasRead(figure: string) {
      const read = page.locator('dl > div').filter({ has: page.getByRole('term').filter({ hasText: /^Read$/ }) })
      await expect(read.getByRole('definition')).toHaveText(figure)
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
