import { expect, type Page } from '@playwright/test'
import { LOOKS, violations } from './axe.ts'

/** Axe finds nothing to say of what is on the page, in both themes, wide and on a phone. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const { width, colorScheme } of LOOKS) {
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme })
    expect(await violations(page), `${width} px, ${colorScheme}`).toEqual([])
  }
}
