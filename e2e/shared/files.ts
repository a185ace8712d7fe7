import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'

/** The text of the file that a press has the browser download. */
export async function downloadBy(page: Page, press: () => Promise<void>): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()])
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') }
}

/** Drops a file on the page, as from another window. */
export async function dropFile(page: Page, name: string, content: string | { megabytes: number }): Promise<void> {
  await page.evaluate(
    ([name, content]) => {
      const part = typeof content === 'string' ? content : new Uint8Array(content.megabytes * 1024 * 1024)
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File([part], name))
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
    },
    [name, content] as const,
  )
}
