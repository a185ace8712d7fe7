import { readFileSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'
import type { AxeResults, RunOptions } from 'axe-core'

declare global {
  interface Window {
    axe: { run: (options: RunOptions) => Promise<AxeResults> }
  }
}

/** Half the bytes of what the package exports, and so half the work of the page that reads it. */
const AXE = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
/** What axe would fetch first is for rules about audio and a locked orientation, which no page has. */
const OPTIONS: RunOptions = { resultTypes: ['violations'], preload: false }

/** How every state is looked at by axe: in both themes, wide and on a phone. */
const LOOKS = [
  { width: 1440, colorScheme: 'light' },
  { width: 390, colorScheme: 'dark' },
] as const
/** Where nothing may stick out, from the narrowest phone to the widest desk. */
const WIDTHS = [320, 768, 2560]

/** Axe finds nothing to say of what is on the page, and nothing sticks out of it. The window is as before then. */
export async function expectAccessible(page: Page): Promise<void> {
  const usual = page.viewportSize()
  await page.evaluate(AXE)
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
  if (usual) await page.setViewportSize(usual)
  await page.emulateMedia({ colorScheme: null })
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
  const found = await page.evaluate((options) => window.axe.run(options), OPTIONS)
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, any }) => `${id}: ${target} ${any[0]?.message}`),
  )
}
