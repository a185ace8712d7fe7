import { expect, type Page } from '@playwright/test'
import { LOOKS, violations } from './axe.ts'

/** From the narrowest phone to the widest desk. */
const WIDTHS = [320, 768, 2560]

/** Axe finds nothing to say of what is on the page, in both themes, wide and on a phone; and nothing sticks out of it. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const { width, colorScheme } of LOOKS) {
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme })
    expect(await violations(page), `${width} px, ${colorScheme}`).toEqual([])
  }
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 })
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(tooWide, `px too wide at ${width} px`).toBeLessThanOrEqual(0)
  }
}
