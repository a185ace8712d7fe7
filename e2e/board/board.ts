import { expect, type Page } from '@playwright/test'

/** The board page, by what stands on it. */
export function boardOn(page: Page) {
  const clouds = page.getByRole('toolbar', { name: 'Clouds' })
  return {
    clouds,
    cloud: (index: number) => clouds.getByRole('button', { name: new RegExp(`^Cloud ${index},`) }),
    button: (name: string | RegExp) => page.getByRole('button', { name, exact: true }),
    /** The tool of this heading, such as “Paste a board”. */
    tool: (heading: string) => page.getByRole('region', { name: heading }),

    async opens(board: string) {
      await page.goto(`/#${board}`)
      await expect(clouds).toBeVisible()
    },
    /** Opens the link that has somebody play the board. */
    async challenges(board: string) {
      await this.opens(`play-${board}`)
      await expect(page.getByRole('heading', { level: 1, name: 'How few jumps do you need?' })).toBeVisible()
    },
    /** Jumps by mouse. */
    async jumps(...indexes: number[]) {
      for (const index of indexes) await this.cloud(index).click()
    },
    /** What a screen reader says once the editing pauses. */
    async answers(sentence: string | RegExp) {
      await expect(page.getByRole('status')).toHaveText(sentence)
    },
    /** The figure in the largest letters of the page. */
    async shows(figure: string) {
      await expect(page.getByRole('paragraph').filter({ hasText: new RegExp(`^${figure}$`) })).toBeVisible()
    },
    /** The board is the one of this link; the address follows every edit. */
    async isBoard(link: string) {
      await expect(page).toHaveURL(`/#${link}`)
    },
  }
}

/** Puts the text on the clipboard and presses the keys of pasting, wherever the focus is. */
export async function pasteInto(page: Page, text: string): Promise<void> {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text)
  await page.keyboard.press('ControlOrMeta+V')
}
