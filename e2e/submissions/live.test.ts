import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page, Request } from '@playwright/test'
import { expectAccessible } from '../shared/accessibility.ts'
import { expect, test } from '../shared/fixtures.ts'
import type { Person } from '../shared/person.ts'
import { appUrl } from '../shared/service.ts'
import { submissionsOn } from './submissions.ts'

/** Also where it is asked through a relay. */
const FEED = (url: URL) => url.pathname.endsWith('/jotc/live')
const isFeed = (request: Request) => request.method() === 'GET' && FEED(new URL(request.url()))

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

/** Passes calls on to a service, until their connections are cut. */
async function relayTo(service: string): Promise<{ url: string; lastEventIds: unknown[]; cut: () => void }> {
  const lastEventIds: unknown[] = []
  const server = createServer((asked, answer) => {
    const { method, headers } = asked
    lastEventIds.push(headers['last-event-id'])
    const passed = request(service + (asked.url ?? '/'), { method, headers }, (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.headers)
      answered.on('error', () => answer.destroy()).pipe(answer)
    })
    passed.on('error', () => answer.destroy())
    answer.on('close', () => passed.destroy())
    asked.pipe(passed)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { url: `http://localhost:${port}`, lastEventIds, cut: () => server.closeAllConnections() }
}

test('submissions that arrive are announced, and taken in on a press', async ({ page, ana, list }) => {
  await hasSubmitted(ana, '000')
  await watches(ana)
  await ana.submits('0010', '0110')
  await expect(page.getByRole('status').filter({ hasText: '2 new boards' })).toBeAttached()
  await expectAccessible(page)
  await list.button('Show 2 new').click()
  await list.shows('Clouds', [4, 4, 3])
  await expect(page.getByRole('button', { name: /^Show \d/ })).toHaveCount(0)
})

test('the first submission of all is announced on the empty list', async ({ ana, list }) => {
  await watches(ana)
  await ana.submits('000')
  await list.button('Show 1 new').click()
  await list.shows('Clouds', [3])
})

test('on a later page the new ones lead to the first', async ({ page, ana, list }) => {
  await hasSubmitted(ana, ...Array.from({ length: 16 }, () => '000'))
  await watches(ana, '?page=2')
  await ana.submits('0010')
  await list.button('Show 1 new').click()
  await expect(page).toHaveURL(/\/submissions$/)
  await expect(list.rows.first()).toContainText('4')
})

test('what was taken in is not announced again while another page is on its way', async ({
  page,
  ana,
  list,
  calls,
}) => {
  await hasSubmitted(ana, ...Array.from({ length: 16 }, () => '000'))
  await watches(ana, '?sortBy=size&sort=asc')
  await ana.submits('0010')
  await list.button('Show 1 new').click()
  await expect(page.getByRole('button', { name: /^Show \d/ })).toHaveCount(0)
  const turning = await calls.hold('GET', '/jotc')
  await list.button('Next').click()
  await expect.poll(() => turning.count).toBe(1)
  await expect(list.loading).toBeVisible()
  await expect(page.getByRole('button', { name: /^Show \d/ })).toHaveCount(0)
  await turning.letGo()
  await expect(page.getByText('Page 2 of 2')).toBeVisible()
  await expect(list.loading).toHaveCount(0)
  await expect(page.getByRole('button', { name: /^Show \d/ })).toHaveCount(0)
})

test('an administrator sees what others send, as far as the filters would find it', async ({ ana, admin, list }) => {
  await hasSubmitted(ana, '000')
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
}) => {
  complaints.expect(/ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RE/)
  const relay = await relayTo(appUrl())
  await page.route(FEED, (route) => route.continue({ url: route.request().url().replace(appUrl(), relay.url) }))
  await watches(ana)
  await ana.submits('000')
  await expect(list.button('Show 1 new')).toBeVisible()
  relay.cut()
  await ana.submits('0010', '00100')
  await expect(list.button('Show 3 new')).toBeVisible()
  expect(relay.lastEventIds).toEqual([undefined, expect.any(String)])
})

test('an event that cannot be read does not end the feed', async ({ page, ana, calls }) => {
  await ana.signsIn()
  let isFirst = true
  await page.route(FEED, (route) => {
    if (!isFirst || route.request().method() !== 'GET') return route.continue()
    isFirst = false
    const headers = { 'content-type': 'text/event-stream' }
    return route.fulfill({ headers, body: 'event: submission\ndata: {"id": \n\n' })
  })
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

test('a hidden tab lets go of its feed, and goes on where it was when it is seen again', async ({
  page,
  ana,
  list,
}) => {
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
  await page.route(FEED, (route) => {
    if (route.request().method() !== 'GET') return route.continue()
    feeds++
    const headers = { 'content-type': 'text/event-stream' }
    return route.fulfill({ headers, body: 'event: end\ndata: {"reason":"expired"}\n\n' })
  })
  await page.goto('/submissions')
  await expect(form.email).toBeVisible()
  await expect(page.getByText('You are signed out')).toBeVisible()
  expect(feeds).toBe(1)
})
