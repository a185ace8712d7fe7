import type { Page, Request, Route } from '@playwright/test'
import { expectAccessible } from '../shared/accessibility.ts'
import { expect, test } from '../shared/fixtures.ts'
import type { Person } from '../shared/person.ts'
import { appUrl } from '../shared/service.ts'
import { submissionsOn } from './submissions.ts'

/** Also where it is asked through a relay. */
const FEED = (url: URL) => url.pathname.endsWith('/jotc/live')
const isFeed = (request: Request) => FEED(new URL(request.url()))
/** Says this and ends, in place of the service. */
const says = (body: string) => (route: Route) => route.fulfill({ contentType: 'text/event-stream', body })

/**
 * Submits boards, and waits until a feed that is opened begins after them: the service tells rows only once nothing
 * older can be committed, so that one that is opened at once still has those from just before.
 */
async function hasSubmitted(who: Person, ...boards: string[]) {
  await who.submits(...boards)
  const newest = (await who.submissions())[0]?.createdAt ?? ''
  const begins = async () => {
    const reading = new AbortController()
    const headers = { authorization: `Bearer ${who.session.token}` }
    const { body } = await fetch(`${appUrl()}/api/jotc/live`, { headers, signal: reading.signal })
    const { value } = (await body?.getReader().read()) ?? {}
    reading.abort()
    return /^id: ([^_]+)_/m.exec(new TextDecoder().decode(value))?.[1] ?? ''
  }
  await expect.poll(async () => (await begins()) > newest).toBe(true)
}

/** Opens the list as somebody who is signed in, and waits until its feed is open. */
async function watches(who: Person, search = '') {
  const feed = who.page.waitForResponse((answer) => isFeed(answer.request()))
  await who.opens(`/submissions${search}`)
  await feed
  await expect(submissionsOn(who.page).loading).toHaveCount(0)
}

/** As if the person looked at another tab, or at this one again. */
async function setHidden(page: Page, hidden: boolean) {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { value: hidden, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }, hidden)
}

test('boards that arrive, the first of all too, are announced, and taken in on a press', async ({
  page,
  ana,
  list,
}) => {
  await watches(ana)
  await ana.submits('000')
  await list.button('Show 1 new').click()
  await list.shows('Clouds', [3])
  await ana.submits('0010', '0110')
  await expect(page.getByRole('status').filter({ hasText: '2 new boards' })).toBeAttached()
  await expectAccessible(page)
  await list.button('Show 2 new').click()
  await list.shows('Clouds', [4, 4, 3])
  await expect(page.getByRole('button', { name: /^Show \d/ })).toHaveCount(0)
})

test('new boards lead to the first page, and are not announced again on the next', async ({
  page,
  ana,
  list,
  calls,
}) => {
  const announced = page.getByRole('button', { name: /^Show \d/ })
  await hasSubmitted(ana, ...Array.from({ length: 16 }, () => '000'))
  await watches(ana, '?page=2')
  await ana.submits('0010')
  await list.button('Show 1 new').click()
  await expect(page).toHaveURL(/\/submissions$/)
  await expect(list.rows.first()).toContainText('4')
  await expect(announced).toHaveCount(0)
  const turning = await calls.hold('GET', '/jotc')
  await list.button('Next').click()
  await expect.poll(() => turning.count).toBe(1)
  await expect(list.loading).toBeVisible()
  await expect(announced).toHaveCount(0)
  await turning.letGo()
  await expect(page.getByText('Page 2 of 2')).toBeVisible()
  await expect(list.loading).toHaveCount(0)
  await expect(announced).toHaveCount(0)
})

test('an administrator sees what others send, as far as the filters would find it', async ({ ana, admin, list }) => {
  await ana.submits('000')
  await watches(admin, `?email=${ana.email}&route=solvable`)
  await ana.submits('0110', '0010')
  await list.button('Show 1 new').click()
  await list.shows('Clouds', [4, 3])
})

test('a feed that was cut goes on where it was: nothing is missed, nothing counted twice', async ({
  page,
  ana,
  complaints,
  list,
  front,
}) => {
  complaints.expect(/ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RE/)
  const lastEventIds: unknown[] = []
  front.server.on('request', ({ headers }) => lastEventIds.push(headers['last-event-id']))
  await page.route(FEED, (route) => route.continue({ url: route.request().url().replace(appUrl(), front.url) }))
  await watches(ana)
  await ana.submits('000')
  await expect(list.button('Show 1 new')).toBeVisible()
  front.server.closeAllConnections()
  await ana.submits('0010', '00100')
  await expect(list.button('Show 3 new')).toBeVisible()
  expect(lastEventIds).toEqual([undefined, expect.any(String)])
})

test('an event that cannot be read does not end the feed', async ({ page, ana, calls }) => {
  await ana.signsIn()
  await page.route(FEED, says('event: submission\ndata: {"id": \n\n'), { times: 1 })
  let answers = 0
  const again = page.waitForResponse((answer) => isFeed(answer.request()) && ++answers === 2)
  // It is read after the bad event, which counts as something missed.
  const list = await calls.hold('GET', '/jotc')
  await submissionsOn(page).opens()
  await again
  await list.letGo()
  await expect(submissionsOn(page).loading).toHaveCount(0)
  await ana.submits('000')
  await expect(submissionsOn(page).button('Show 1 new')).toBeVisible()
})

test('a hidden tab lets go of its feed, and goes on where it was once seen again', async ({ page, ana, list }) => {
  await watches(ana)
  await ana.submits('000')
  await expect(list.button('Show 1 new')).toBeVisible()
  const letGo = page.waitForEvent('requestfailed', isFeed)
  await setHidden(page, true)
  expect((await letGo).failure()?.errorText).toBe('net::ERR_ABORTED')
  await ana.submits('0010')
  const resumed = page.waitForRequest(isFeed)
  await setHidden(page, false)
  expect(new URL((await resumed).url()).searchParams.get('lastEventId')).toBeTruthy()
  await expect(list.button('Show 2 new')).toBeVisible()
})

test('a feed that was refused is opened again', async ({ page, ana, list, calls }) => {
  const heal = await calls.fail('GET', '/jotc/live', 'overloaded')
  await watches(ana)
  const opened = page.waitForResponse((answer) => isFeed(answer.request()) && answer.ok())
  await heal()
  await opened
  await ana.submits('000')
  await expect(list.button('Show 1 new')).toBeVisible()
})

test('when the session expires the feed ends, and leads to sign-in once', async ({ page, ana, form }) => {
  await ana.signsIn()
  let feeds = 0
  page.on('request', (request) => isFeed(request) && feeds++)
  await page.route(FEED, says('event: end\ndata: {"reason":"expired"}\n\n'))
  await page.goto('/submissions')
  await expect(form.email).toBeVisible()
  await expect(page.getByText('You are signed out')).toBeVisible()
  expect(feeds).toBe(1)
})
