import { expectAccessible } from '../shared/accessibility.ts'
import { expect, test } from '../shared/fixtures.ts'

test('a challenge tells nothing of its answer until one is across; the verdict is fair', async ({ page, board }) => {
  await board.challenges('0000100')
  await expect(page).toHaveTitle('Play · Jumping On The Clouds')
  const tellsNothing = async () => {
    const text = await page.locator('body').evaluate((body) => body.outerHTML)
    expect(text).not.toMatch(/fewest|routes? (?:is|are) this|\b4\b jumps|4 are enough/i)
  }
  await tellsNothing()
  await expect(board.cloud(0)).toBeFocused()
  for (const [cloud, sentence] of [
    [4, 'Too far. Jump two at most.'],
    [1, 'You stand on cloud 1. 1 jump so far.'],
    [0, 'Jumps only go ahead. Take one back to try another route.'],
    [3, 'You stand on cloud 3. 2 jumps so far.'],
    [4, 'That is a thunderhead. Jump over it.'],
  ] as const) {
    // By force, for Playwright waits until a control is enabled.
    await board.cloud(cloud).click({ force: true })
    await board.answers(sentence)
    await tellsNothing()
  }
  await board.jumps(5, 6)
  await board.answers('You made it across. 4 jumps. Nobody can do it in fewer.')
  await board.button('Try again').click()
  await board.jumps(1, 2, 3, 5, 6)
  await board.answers('You made it across. 5 jumps. 4 are enough.')
  await expect(board.button('Play')).toHaveCount(0)
  await board.button('Show the best route').click()
  await board.shows('4\\s*jumps')
  await board.isBoard('0000100')
})

test('on the way there are hints, a dead end that is said, and the answer for who gives up', async ({
  page,
  board,
}) => {
  await board.challenges('000100110')
  const arcs = board.clouds.locator('g > path:last-child').last()
  await expect(arcs).toHaveAttribute('d', /^M[^M]+M[^M]+$/)
  await board.button('Hint').click()
  await board.answers('Cloud 2 is cumulus, so jump two.')
  await expect(arcs).toHaveAttribute('d', /^M[^M]+$/)
  await expectAccessible(page)
  await board.jumps(1)
  await board.button('Hint').click()
  await board.answers('Cloud 3 is a thunderhead, so jump one.')
  await board.jumps(2, 4, 5)
  await board.answers(/^Two thunderheads ahead: nobody gets past them\./)
  await board.button('Take back').click()
  await board.answers('You stand on cloud 4. 3 jumps so far.')
  await page.reload()
  await board.answers('You stand on cloud 4. 3 jumps so far.')
  await board.button('Start again').click()
  await expect(board.button('Take back')).toBeDisabled()
  await board.button('Show the answer').click()
  await board.shows('No route')
  await board.isBoard('000100110')
  await expect(page.getByRole('heading', { level: 1, name: 'Fewest jumps from first to last' })).toBeFocused()
})

test('a board is played by keys alone, and its clouds say what can be done', async ({ page, board }) => {
  await board.opens('00010000')
  await board.button('Play').click()
  await board.button('Play it yourself').press('Enter')
  await expect(board.cloud(0)).toBeFocused()
  await expect(board.cloud(0)).toHaveAccessibleName('Cloud 0, cumulus, the hare is here')
  await expect(board.clouds).toHaveAccessibleDescription(/^Move with the arrow keys and jump with Enter\. 1 and 2 /)
  await expect(board.cloud(1)).toHaveAccessibleName('Cloud 1, cumulus, one ahead')
  await page.keyboard.press('1')
  await expect(board.cloud(1)).toBeFocused()
  await page.keyboard.press('ControlOrMeta+Z')
  await board.answers('')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(board.cloud(2)).toHaveAccessibleName('Cloud 2, cumulus, two ahead')
  await page.keyboard.press('Enter')
  await board.answers('You stand on cloud 2. 1 jump so far.')
  await expect(board.cloud(3)).toBeDisabled()
  await page.keyboard.press('h')
  await board.answers('Cloud 4 is cumulus, so jump two.')
  await page.keyboard.press('Tab')
  await expect(board.button('Hint')).toBeFocused()
  for (const key of ['2', '2', '1']) await page.keyboard.press(key)
  await board.answers('You made it across. 4 jumps. Nobody can do it in fewer.')
  await expect(page.locator(':focus')).toBeVisible()
  await board.cloud(7).focus()
  await page.keyboard.press('Tab')
  await expect(board.button('Share result')).toBeFocused()
})

test('a result is shared by the system, else copied; then one plays another, or builds one', async ({
  page,
  board,
}) => {
  await board.challenges('0010010')
  await board.button('Share link').click()
  await expect(page.getByText('The answer stays hidden until then.')).toBeVisible()
  await board.jumps(1, 3, 4, 6)
  await board.button('Share result').click()
  await expect(page.getByText('Result copied')).toBeVisible()
  await expectAccessible(page)
  const text = 'I crossed 7 clouds in 4 jumps. Can you match that?'
  await expect(page.getByText(text, { exact: true })).toBeVisible()
  const url = new URL('/#play-0010010', page.url()).href
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${text} ${url}`)

  await page.evaluate(() => {
    const shared = Object.assign(window, { shared: [] as unknown[] }).shared
    Object.defineProperty(navigator, 'share', { value: async (what: unknown) => void shared.push(what) })
  })
  await board.button('Share result').click()
  expect(await page.evaluate(() => (window as unknown as { shared: unknown[] }).shared)).toEqual([{ text, url }])

  await board.button('Play another').click()
  await board.answers('')
  await expect(page).toHaveURL(/#play-0[01]{5}0$/)
  await expect(board.clouds.getByRole('button')).toHaveCount(7)
  await expect(board.clouds.getByRole('button', { name: /thunderhead/ })).toHaveCount(2)
  await board.button('Make a board').click()
  await board.isBoard('0'.repeat(20))
})

test('what was played is saved with the board, by who signs in for it too', async ({
  page,
  ana,
  board,
  form,
  list,
}) => {
  await board.challenges('0000100')
  await board.jumps(1, 2, 3, 5, 6)
  await page.getByRole('link', { name: 'Sign in to save' }).click()
  await form.fill(ana.details)
  await form.submit.click()
  await board.answers('You made it across. 5 jumps. 4 are enough.')
  await expect(board.button('Save board')).toHaveAccessibleDescription(/its answer and the 5 jumps you played\./)
  await board.button('Show the best route').click()
  await board.button('Save board').click()
  await expect(board.button('Board saved')).toBeVisible()
  expect(await ana.submissions()).toMatchObject([{ clouds: '0000100', total: 4, playedJumps: 5 }])
  await page.getByRole('link', { name: 'See my boards' }).click()
  await list.shows('Jumps', ['5 played,4'])
})

test('a key pressed before the board is painted is a jump', async ({ page, board }) => {
  await board.opens('00000')
  await page.evaluate(() => {
    const rendered = new MutationObserver(() => {
      if (!document.querySelector('h1')?.textContent.startsWith('How few')) return
      rendered.disconnect()
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: '2', bubbles: true }))
    })
    rendered.observe(document.body, { childList: true, subtree: true, characterData: true })
  })
  await board.button('Play it yourself').click()
  await board.answers('You stand on cloud 2. 1 jump so far.')
  await expect(board.cloud(2)).toBeFocused()
})

test('ten thousand clouds are played, and the hare stays in view', async ({ page, board }) => {
  await page.setViewportSize({ width: 1440, height: 500 })
  await page.goto('/')
  const random = board.tool('Random board')
  await random.getByRole('textbox', { name: 'Clouds' }).fill('10000')
  await random.getByRole('slider', { name: 'Thunderheads' }).fill('0')
  await board.button('Make a random board').click()
  await board.button('Play it yourself').click()
  await board.shows('0\\s*jumps so far')
  for (let jump = 0; jump < 60; jump++) await page.keyboard.press('2')
  await board.answers('You stand on cloud 120. 60 jumps so far.')
  await expect(board.cloud(122)).toBeInViewport()
  expect(await board.clouds.getByRole('button').count()).toBeLessThan(1500)
})

test.describe('on a phone', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } })

  test('the first minute: a board is played without scrolling, and a link sent', async ({ page, board }) => {
    await page.goto('/#00100010100100010000')
    await board.button('Play it yourself').tap()
    const seen = page.getByText('Tap a cloud: one or two ahead.')
    await expect(seen).toBeVisible()
    for (const part of [seen, board.cloud(0), board.cloud(19), board.button('Hint'), page.getByText('0 jumps')])
      await expect(part.first()).toBeInViewport({ ratio: 1 })
    for (const cloud of [1, 3, 5, 7, 9, 10, 12, 14, 16, 18, 19]) await board.cloud(cloud).tap()
    for (const part of [page.getByText('Nobody can do it in fewer.', { exact: true }), board.button('Share result')])
      await expect(part).toBeInViewport({ ratio: 1 })
    expect(await page.evaluate(() => scrollY)).toBe(0)
    await board.button('Show the best route').tap()
    await page.getByText('Why it takes 11 jumps').tap()
    await expect(page.getByText('Being further ahead never costs a jump.')).toBeVisible()
    await board.button('Share link').tap()
    await expect(page.getByText('Link copied')).toBeVisible()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url())
  })
})
