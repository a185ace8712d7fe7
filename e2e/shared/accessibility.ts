import { expect, type Page } from '@playwright/test'
import axe, { type AxeResults } from 'axe-core'

declare global {
  interface Window {
    axe: typeof axe
  }
}

/** How every state is looked at by axe: in both themes, wide and on a phone. */
const LOOKS = [
  { width: 1440, colorScheme: 'light' },
  { width: 390, colorScheme: 'dark' },
] as const
/** Where nothing may stick out, from the narrowest phone to the widest desk. */
const WIDTHS = [320, 768, 2560]

/** Axe finds nothing to say of what is on the page, and nothing sticks out of it. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source)
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

/** What axe finds, in lines that say where. Colours are looked at once they have stopped changing. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
        .map(({ finished }) => finished),
    ),
  )
  const found: AxeResults = await page.evaluate(() => window.axe.run({ resultTypes: ['violations'] }))
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, any }) => `${id}: ${target} ${any[0]?.message}`),
  )
}
