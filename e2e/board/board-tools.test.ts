import type { Locator, Page } from '@playwright/test'
import { downloadBy } from '../shared/files.ts'
import { expect, test } from '../shared/fixtures.ts'

const opensMore = (page: Page) => page.getByText('More: samples, copy, download, print').click()

for (const [locale, lastTool] of [
  ['en-GB', 'Share link'],
  ['de-DE', 'Link teilen'],
] as const)
  test.describe(`in ${locale}`, () => {
    test.use({ locale })

    test('the tools of short and long boards stand in one row, from 1200 px on', async ({ page }) => {
      const main = page.getByRole('main')
      const groups = [0, 1, 2].map((group) => main.getByRole('group').nth(group))
      const tools = [...groups, main.getByRole('button', { name: lastTool })]
      const standInOneRow = async (width: number) => {
        await page.setViewportSize({ width, height: 900 })
        const boxes = await Promise.all(tools.map((tool) => tool.boundingBox()))
        const middles = boxes.map((box) => (box?.y ?? 0) + (box?.height ?? 0) / 2)
        expect(Math.max(...middles) - Math.min(...middles), `${width} px`).toBeLessThanOrEqual(1)
      }
      await page.goto(`/#${'001'.repeat(400)}0`)
      await standInOneRow(1200)
      await page.goto('/#0010010')
      await expect(page.getByRole('toolbar').getByRole('button')).toHaveCount(7)
      for (const width of [1200, 1280, 1440]) await standInOneRow(width)
    })
  })

test('routes that are as fast are walked through; of thousands, any other is shown', async ({ page, board }) => {
  const hare = board.clouds.locator('[data-at]')
  await board.opens('0000100')
  await page.getByRole('slider', { name: 'Position of the hare' }).fill('1')
  await expect(hare).toHaveAttribute('data-at', '2')
  await board.button('Next route').click()
  await expect(hare).toHaveAttribute('data-at', '1')
  await board.button('Previous route').click()
  await expect(hare).toHaveAttribute('data-at', '2')
  await board.isBoard('0000100')

  await board.opens(`${'0'.repeat(40)}1`.repeat(3).concat('0'))
  await expect(page.getByText('8,000 routes are this fast. This is one of them.').first()).toBeVisible()
  await expect(board.button('Next route')).toHaveCount(0)
  await board.button('Step forward').click()
  const drawn = () => board.clouds.locator('path').evaluateAll((paths) => paths.map((path) => path.getAttribute('d')))
  const first = await drawn()
  await expect(async () => {
    await board.button('Another route').click()
    expect(await drawn()).not.toEqual(first)
  }).toPass()
  await board.shows('63\\s*jumps')
})

test('what a tap does is said until the first change, and the board stays where it is', async ({ page, board }) => {
  await board.opens('0010010')
  const tip = page.getByText('Tap a cloud to change it.')
  await expect(tip).toBeVisible()
  const { y } = (await board.clouds.boundingBox()) ?? {}
  await board.cloud(3).click()
  await expect(tip).toBeHidden()
  await board.cloud(3).click()
  expect((await board.clouds.boundingBox())?.y).toBe(y)
})

test('a stroke of the mouse is one step back, and ends where it leaves the board', async ({ page, board }) => {
  await board.opens('00000000')
  await board.cloud(2).hover()
  await page.mouse.down()
  for (const cloud of [3, 4, 5]) await board.cloud(cloud).hover()
  await page.mouse.up()
  await board.isBoard('00111100')
  await board.button('Undo').click()
  await board.isBoard('00000000')

  await board.cloud(2).hover()
  await page.mouse.down()
  await board.cloud(3).hover()
  await page.getByRole('heading', { level: 1 }).hover()
  await page.mouse.up()
  await board.isBoard('00110000')
  await board.cloud(5).press('Space')
  await board.isBoard('00110100')
})

test.describe('by touch', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } })

  test('a cloud that is held begins a stroke, which is one step back; a tap switches one', async ({ page, board }) => {
    await board.opens('00000000')
    const finger = await fingerOn(page)
    await finger.down(board.cloud(2))
    await expect(board.cloud(2)).toHaveAccessibleName('Cloud 2, thunderhead')
    for (const cloud of [3, 4]) await finger.move(board.cloud(cloud))
    await finger.up()
    await board.isBoard('00111000')
    await board.button('Undo').tap()
    await board.isBoard('00000000')
    await board.cloud(1).tap()
    await board.isBoard('01000000')
  })
})

/** One finger on a touch screen, which Playwright can only tap with. */
async function fingerOn(page: Page) {
  const devtools = await page.context().newCDPSession(page)
  const send = async (type: 'touchStart' | 'touchMove' | 'touchEnd', on?: Locator) => {
    const { x = 0, y = 0, width = 0, height = 0 } = (await on?.boundingBox()) ?? {}
    const touchPoints = on ? [{ x: x + width / 2, y: y + height / 2 }] : []
    await devtools.send('Input.dispatchTouchEvent', { type, touchPoints })
  }
  return {
    down: (on: Locator) => send('touchStart', on),
    move: (on: Locator) => send('touchMove', on),
    up: () => send('touchEnd'),
  }
}

test('more tools: boards to try, the board as text in three forms and as a picture', async ({ page, board }) => {
  await board.opens('000000000')
  await opensMore(page)
  await board.button('Most jumps, 9 clouds').click()
  await board.isBoard('001001000')
  await board.shows('5\\s*jumps')
  await board.button('Blocked at the start').click()
  await board.shows('No route')
  await board.button('HackerRank’s first sample').click()
  await board.isBoard('0010010')

  const forms = { Array: '[0,0,1,0,0,1,0]', Text: '0010010', HackerRank: '7\n0 0 1 0 0 1 0' }
  for (const [name, text] of Object.entries(forms)) {
    await board.button(name).click()
    await expect.poll(async () => (await page.evaluate(() => navigator.clipboard.readText())).trimEnd()).toBe(text)
  }
  await expect(page.getByText('Paste it wherever you need it.')).toBeVisible()

  const svg = await downloadBy(page, () => board.button('SVG').click())
  expect(svg.name).toBe('board-7.svg')
  const shapes = await page.evaluate(
    (text) => new DOMParser().parseFromString(text, 'image/svg+xml').querySelectorAll('path').length,
    svg.text,
  )
  // Two shapes a cloud, one a jump.
  expect(shapes).toBe(7 * 2 + 4)
  const png = await downloadBy(page, () => board.button('PNG').click())
  expect([png.name, png.text.slice(1, 4)]).toEqual(['board-7.png', 'PNG'])
})

test('the same seed makes the same board', async ({ page, board }) => {
  await board.opens('0'.repeat(40))
  const tool = board.tool('Random board')
  await tool.getByText('Seed', { exact: true }).first().click()
  const made: string[] = []
  for (const seed of ['4711', undefined, '4711']) {
    const before = page.url()
    if (seed) await tool.getByRole('textbox', { name: 'Seed' }).fill(seed)
    await board.button('Make a random board').click()
    // The address follows the board a moment later.
    await expect(page).not.toHaveURL(before)
    made.push(page.url())
  }
  expect(made[2]).toBe(made[0])
})

test('a browser that copies nothing and draws nothing says so, and what to do instead', async ({ page, board }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined })
    Reflect.deleteProperty(window, 'OffscreenCanvas')
  })
  await board.opens('0010010')
  await board.button('Share link').click()
  await expect(page.getByText('Your browser blocked copying. Copy the address')).toBeVisible()
  await opensMore(page)
  await board.button('Array').click()
  await expect(page.getByText('Your browser blocked copying. Copy the text under')).toBeVisible()
  await board.button('PNG').click()
  await expect(page.getByRole('alert')).toContainText('Picture not saved')
})

test('a worksheet has boards like this one on a page, and their answers on the next', async ({ page, board }) => {
  // The dialog of the browser would take the sheet away with it.
  await page.addInitScript(() => Object.assign(window, { print: () => {} }))
  await page.goto('/')
  await opensMore(page)
  for (const [link, boards] of [
    ['00100010100100010000', 10],
    // There are no more of this kind.
    ['0010010', 6],
    [`0${'0010'.repeat(25)}0`, 2],
  ] as const) {
    await board.opens(link)
    await expect(board.clouds.getByRole('button')).toHaveCount(link.length)
    await board.button('Worksheet with answers').click()
    await page.emulateMedia({ media: 'print' })
    const [sheet, answers] = [page.getByRole('list').first(), page.getByRole('list').last()]
    await expect(sheet.getByRole('listitem')).toHaveCount(boards)
    await expect(sheet).not.toContainText('→')
    await expect(answers.getByRole('listitem')).toHaveCount(boards)
    await expect(answers.getByRole('listitem').first()).toContainText(/^\d+ jumps: 0 → /)
    await expect(board.clouds).toBeHidden()
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    expect(pdf.match(/\/Type ?\/Page\b/g)).toHaveLength(2)
    await expect(board.clouds).toBeVisible()
    await page.emulateMedia({ media: 'screen' })
  }
})

test('printed, a page is the answer and the board, dark on white, as wide as the paper', async ({ page, board }) => {
  await page.addInitScript(() => localStorage.setItem('theme', 'dark'))
  await board.opens('00100010100100010000')
  await page.emulateMedia({ colorScheme: 'dark', media: 'print' })
  await board.shows('11\\s*jumps')
  for (const name of ['Play', 'Share link', 'Use these clouds', 'Next route'])
    await expect(board.button(name)).toBeHidden()
  await expect(page.getByRole('navigation').first()).toBeHidden()
  const [ink, paper] = await page.evaluate(() => {
    const { color, backgroundColor } = getComputedStyle(document.body)
    return [color, backgroundColor].map((rgb) => (rgb.match(/\d+/g) ?? []).reduce((sum, part) => sum + Number(part), 0))
  })
  expect(ink).toBeLessThan(200)
  expect(paper).toBeGreaterThan(740)
  const width = async () => (await board.clouds.boundingBox())?.width
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
  // A4, without the usual margins and the page's own.
  await expect.poll(width).toBeLessThan(660)
  await page.evaluate(() => dispatchEvent(new Event('afterprint')))
  await expect.poll(width).toBeGreaterThan(1000)
})

test('in forced colours tracks, edges and bars are seen, whatever theme was chosen', async ({ page, board }) => {
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' })
  await page.addInitScript(() => localStorage.setItem('theme', 'light'))
  await board.opens('0'.repeat(300))
  for (const slider of await page.getByRole('slider').all()) {
    const { width, height } = (await slider.boundingBox()) ?? { width: 0, height: 0 }
    expect(await contrast(page, slider, [width - 4, height / 2], [width - 4, 2])).toBeGreaterThan(100)
  }
  const speed = page.getByRole('group', { name: 'Speed' })
  const { height } = (await speed.boundingBox()) ?? { height: 0 }
  expect(await contrast(page, speed, [0, height / 2], [2, height / 2])).toBeGreaterThan(100)
  const bars = page.locator('svg[preserveAspectRatio="none"] path').first()
  const fill = await bars.evaluate((path) => getComputedStyle(path).fill)
  expect((fill.match(/\d+/g) ?? []).map(Number).every((part) => part > 200)).toBe(true)
})

type Place = [x: number, y: number]

/** How much brighter an element is at one place than at another, in px from its corner; 765 is white beside black. */
async function contrast(page: Page, element: Locator, ...places: [Place, Place]): Promise<number> {
  const picture = (await element.screenshot({ animations: 'disabled' })).toString('base64')
  const [one = 0, other = 0] = await page.evaluate(
    async ([picture, places]) => {
      const image = await createImageBitmap(new Blob([Uint8Array.fromBase64(picture)]))
      const pen = new OffscreenCanvas(image.width, image.height).getContext('2d')
      pen?.drawImage(image, 0, 0)
      return places.map(([x, y]) => {
        const [red = 0, green = 0, blue = 0] = pen?.getImageData(Math.floor(x), Math.floor(y), 1, 1).data ?? []
        return red + green + blue
      })
    },
    [picture, places] as const,
  )
  return Math.abs(one - other)
}
