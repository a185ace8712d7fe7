import type { CDPSession, Page } from '@playwright/test'
import { expect, test } from '../shared/fixtures.ts'

/** In bytes, as compressed, without the headers of HTTP and without data. */
const MOST = 36_000
const MOST_FURTHER = 30_000

for (const [locale, further] of [
  ['en-GB', []],
  // The language of the longer words.
  ['de-DE', ['/sign-in', '/submissions', '/import', '/people', '/account']],
] as const)
  test.describe(`in a browser of ${locale}`, () => {
    test.use({ locale })

    test('the board takes at most 36 kB over the wire, each further page 30 kB', async ({ page, context, admin }) => {
      await fetchesNothingAhead(page)
      const network = await context.newCDPSession(page)
      const loadsBoard = async () => {
        await network.send('Network.clearBrowserCache')
        await page.goto('/', { waitUntil: 'networkidle' })
        await expect(page.getByRole('toolbar')).toBeVisible()
      }
      const board = await counted(network)
      await loadsBoard()
      expect(board()).toBeGreaterThan(10_000)
      expect(board()).toBeLessThanOrEqual(MOST)

      const links = page.getByRole('banner').getByRole('link')
      for (const path of further) {
        if (path === '/submissions') await admin.signsIn()
        await loadsBoard()
        const bytes = await counted(network)
        await links
          .and(page.locator(`[href="${path}"]`))
          .locator('visible=true')
          .click()
        await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
        await page.waitForLoadState('networkidle')
        expect(bytes(), path).toBeGreaterThan(1_000)
        expect(bytes(), path).toBeLessThanOrEqual(MOST_FURTHER)
      }
    })
  })

for (const width of [1440, 390])
  test.describe(`at ${width} px`, () => {
    test.use({ viewport: { width, height: 844 } })

    test('nothing moves while a board or the submissions load', async ({ page, ana, board, list }) => {
      await watchShifts(page)
      for (const path of ['/', '/#play-00100010100100010000', `/#600.${'A'.repeat(100)}`]) {
        await page.goto('about:blank')
        await page.goto(path, { waitUntil: 'networkidle' })
        await expect(board.clouds).toBeVisible()
        expect(await shifts(page), path).toEqual([])
      }
      await ana.submits(...Array.from({ length: 20 }, () => '0010010'))
      await ana.signsIn()
      await list.opens()
      await expect(list.rows).toHaveCount(15)
      await expect(list.loading).toHaveCount(0)
      expect(await shifts(page)).toEqual([])
    })
  })

/** What the page fetches once it has been idle for 3 s belongs to none of its pages; a slow machine is there by then. */
async function fetchesNothingAhead(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const { setTimeout } = window
    const soon = (run: () => void, ms = 0) => (ms === 3000 ? 0 : setTimeout(run, ms))
    Object.assign(window, { setTimeout: soon })
  })
}

/** The bodies that come over the network from now on, in bytes as they were sent. */
async function counted(network: CDPSession): Promise<() => number> {
  let bytes = 0
  const data = new Set<string>()
  network.on('Network.responseReceived', ({ requestId, response }) => {
    // What others have sent is in the lists too.
    if (new URL(response.url).pathname.startsWith('/api/')) data.add(requestId)
  })
  network.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
    if (!data.has(requestId)) bytes += encodedDataLength
  })
  await network.send('Network.enable')
  return () => bytes
}

type Shift = { value: number; sources: { node: Node | null }[] }

async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen: string[] = []
    Object.assign(window, { shifts: seen })
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries() as unknown as Shift[]) {
        // Less than this nobody sees: a column that gets a pixel wider.
        if (value < 0.001) continue
        const moved = sources.map(({ node }) =>
          node instanceof Element ? node.outerHTML.slice(0, 80) : node?.nodeName,
        )
        seen.push(`${value.toFixed(4)} ${moved.join(' ')}`)
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
}

/** What moved without a person's doing, once two frames have been drawn. */
function shifts(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const drawn = () =>
      new Promise((done) => {
        requestAnimationFrame(done)
      })
    await drawn()
    await drawn()
    return (window as unknown as { shifts: string[] }).shifts
  })
}
