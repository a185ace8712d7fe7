import { PROBLEM_TYPES, type Problem, type ProblemType, problemUri } from '@jotc/core/api/problem'
import type { Page, Route } from '@playwright/test'
import type { Complaints } from './fixtures.ts'
import { isCallTo } from './service.ts'

/** Requests to the service that are under way until they are let go; nothing waits for a time. */
class Held {
  readonly #waiting: Route[] = []
  #isOpen = false

  /** How many came so far. */
  get count(): number {
    return this.#waiting.length
  }

  async add(route: Route): Promise<void> {
    this.#waiting.push(route)
    if (this.#isOpen) await route.continue()
  }

  /** Lets all go that came, and all that come from now on. */
  async letGo(): Promise<void> {
    this.#isOpen = true
    await Promise.all(this.#waiting.map((route) => route.continue()))
  }
}

/** What the page asks the service for. What the browser says of a call that fails here is no complaint. */
export class Calls {
  readonly #page: Page
  readonly #complaints: Complaints

  constructor(page: Page, complaints: Complaints) {
    this.#page = page
    this.#complaints = complaints
  }

  /** Holds all requests of this method and path. */
  async hold(method: string, path: string): Promise<Held> {
    const held = new Held()
    await this.#on(method, path, (route) => held.add(route))
    return held
  }

  /** Has the service answer with a problem of this type, until the returned function is called. */
  fail(method: string, path: string, type: ProblemType, details: Partial<Problem> = {}): Promise<() => Promise<void>> {
    const { status, description } = PROBLEM_TYPES[type]
    const code = type === 'unexpected' ? { code: '0123456789abcdef' } : { detail: description }
    const answer = {
      status,
      contentType: 'application/problem+json',
      headers: description.includes('Retry-After') ? { 'retry-after': '60' } : {},
      body: JSON.stringify({ type: problemUri(type), title: 'x', status, requestId: 'none', ...code, ...details }),
    }
    this.#complaints.expect(new RegExp(`status of ${status}`))
    return this.#on(method, path, (route) => route.fulfill(answer))
  }

  /** Loses the next answer on its way; the service has done what it was asked. */
  async loseAnswer(method: string, path: string): Promise<void> {
    this.#complaints.expect(/ERR_CONNECTION_RESET/)
    const heal = await this.#on(method, path, async (route) => {
      await route.fetch()
      await route.abort('connectionreset')
      await heal()
    })
  }

  /** Has no answer come at all. */
  cutOff(method: string, path: string): Promise<() => Promise<void>> {
    this.#complaints.expect(/ERR_CONNECTION_REFUSED/)
    return this.#on(method, path, (route) => route.abort('connectionrefused'))
  }

  async #on(method: string, path: string, answer: (route: Route) => Promise<void>) {
    const isCall = isCallTo(path)
    const handler = (route: Route) => (route.request().method() === method ? answer(route) : route.continue())
    await this.#page.route(isCall, handler)
    return () => this.#page.unroute(isCall, handler)
  }
}

/** As when somebody comes back to the tab: the page reads again what it shows. */
export async function looksAgain(page: Page): Promise<void> {
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })))
}
