import { boardToLink } from '@jotc/core/link'
import { randomBoard } from '@jotc/core/random'
import { chromium } from '@playwright/test'
import { ensureProgram } from '../../../scripts/programs.ts'
import { median } from '../figure.ts'

const SLOW_DOWN = 4
const WARM_UP = 8
const TOGGLES = 24
const IN_VIEW = 150

/**
 * Measures how a board of so many clouds responds on a CPU that is four times slower.
 *
 * @returns the milliseconds of the main thread until the frame that shows a toggled cloud, beyond those of an idle page;
 *   undefined where Chromium is missing
 */
export async function costOfToggling(url: string, size: number): Promise<number | undefined> {
  const executablePath = ensureProgram('chromium')
  if (executablePath === undefined) return undefined
  await using browser = await chromium.launch({ executablePath, args: ['--disable-gpu', '--no-sandbox'] })
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  const board = randomBoard({ size, density: 0.2, seed: 7, solvable: true })
  await page.goto(`${url}/#${boardToLink(board)}`)
  await page.getByRole('toolbar', { name: 'Clouds' }).waitFor()
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOW_DOWN })

  const inView = Array.from({ length: IN_VIEW }, (_, cloud) => cloud)
  // They leave a route when they turn to thunderheads. Each is switched there and back.
  const switchable = inView.filter((cloud) => board.slice(cloud - 1, cloud + 2) === '000')
  const more: number[] = []
  for (let toggle = 0; toggle < WARM_UP + TOGGLES; toggle++) {
    const idle = await cost(undefined)
    more.push((await cost(switchable[(toggle >> 1) % switchable.length])) - idle)
  }
  return median(more.slice(WARM_UP))

  async function cost(cloud: number | undefined): Promise<number> {
    const before = await busy()
    await page.evaluate(async (cloud) => {
      if (cloud !== undefined) document.querySelector<HTMLElement>(`[data-cloud="${cloud}"]`)?.click()
      const { promise, resolve } = Promise.withResolvers<unknown>()
      requestAnimationFrame(() => requestAnimationFrame(resolve))
      await promise
    }, cloud)
    const after = await busy()
    // What follows the frame (the address, the text of the board) belongs to no other toggle.
    await page.waitForTimeout(600)
    return after - before
  }

  /** Milliseconds that the main thread has worked so far. */
  async function busy(): Promise<number> {
    const { metrics } = await devtools.send('Performance.getMetrics')
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN)
  }
}
