import { boardToLink } from '@jotc/core/link'
import { randomBoard } from '@jotc/core/random'
import { type CDPSession, chromium, type Page } from '@playwright/test'
import { ensureProgram } from '../../../scripts/programs.ts'
import { median } from '../figure.ts'

const SLOW_DOWN = 4
const WARM_UP = 8
const TOGGLES = 24
const IN_VIEW = 150
const PLAYED_MS = 3000

/**
 * Measures how a board of so many clouds responds on a CPU that is four times slower.
 *
 * @returns `toggle`, the milliseconds of the main thread until the frame that shows a toggled cloud, beyond those of an
 *   idle page; frames a second while the route is played, and while nothing happens. Why there is no figure, in words,
 *   where Chromium is missing
 */
export async function timeBoard(url: string, clouds: number) {
  const executablePath = ensureProgram('chromium')
  if (executablePath === undefined) return 'Chromium is not on this machine'
  const browser = await chromium.launch({ executablePath, args: ['--disable-gpu', '--no-sandbox'] })
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    const board = randomBoard({ size: clouds, density: 0.2, seed: 7, solvable: true })
    await page.goto(`${url}/#${boardToLink(board)}`)
    await page.getByRole('toolbar', { name: 'Clouds' }).waitFor()
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOW_DOWN })
    const toggle = await costOfToggle(page, devtools, switchable(board))
    const idle = await framesASecond(page)
    await page.getByRole('button', { name: 'Play', exact: true }).click()
    return { toggle, idle, playing: await framesASecond(page) }
  } finally {
    await browser.close()
  }
}

/** Clouds in view that leave a route when they turn to thunderheads. */
function switchable(board: string): number[] {
  const inView = Array.from({ length: IN_VIEW }, (_, cloud) => cloud)
  return inView.filter((cloud) => board.slice(cloud - 1, cloud + 2) === '000')
}

/** @param clouds each is switched there and back */
async function costOfToggle(page: Page, devtools: CDPSession, clouds: number[]): Promise<number> {
  const idle: number[] = []
  const toggled: number[] = []
  for (let toggle = 0; toggle < WARM_UP + TOGGLES; toggle++) {
    idle.push(await cost(undefined))
    toggled.push(await cost(clouds[(toggle >> 1) % clouds.length]))
  }
  return median(toggled.slice(WARM_UP)) - median(idle.slice(WARM_UP))

  async function cost(cloud: number | undefined): Promise<number> {
    const before = await busy(devtools)
    await page.evaluate(async (cloud) => {
      if (cloud !== undefined) document.querySelector<HTMLElement>(`[data-cloud="${cloud}"]`)?.click()
      const { promise, resolve } = Promise.withResolvers<unknown>()
      requestAnimationFrame(() => requestAnimationFrame(resolve))
      await promise
    }, cloud)
    const after = await busy(devtools)
    // What follows the frame (the address, the text of the board) belongs to no other toggle.
    await page.waitForTimeout(600)
    return after - before
  }
}

/** Milliseconds that the main thread has worked so far. */
async function busy(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics')
  return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN)
}

async function framesASecond(page: Page): Promise<number> {
  return await page.evaluate(async (milliseconds) => {
    const begin = performance.now()
    for (let frames = 0; ; frames++) {
      const { promise, resolve } = Promise.withResolvers<number>()
      requestAnimationFrame(resolve)
      const passed = (await promise) - begin
      if (passed > milliseconds) return (1000 * frames) / passed
    }
  }, PLAYED_MS)
}
