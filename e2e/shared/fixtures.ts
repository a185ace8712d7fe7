import { type BrowserContext, test as base, expect } from '@playwright/test'
import { boardOn } from '../board/board.ts'
import { importOn } from '../import/import.ts'
import { codeStep } from '../sign-in/code-step.ts'
import { peopleOn } from '../submissions/people.ts'
import { submissionsOn } from '../submissions/submissions.ts'
import { chromium } from './chromium.ts'
import { Front } from './front.ts'
import { settingsOn } from './header.ts'
import { Person, somebody } from './person.ts'
import { Calls } from './routing.ts'
import { ADMIN, appUrl } from './service.ts'
import { signInForm } from './sign-in.ts'

/**
 * What the browser complains of in any tab of a test: errors in the console, among them every violation of
 * the content security policy, and exceptions that nobody caught.
 */
export class Complaints {
  #seen: string[] = []
  #expected: RegExp[] = []

  constructor(context: BrowserContext) {
    context.on('console', (message) => {
      if (message.type() === 'error') this.#seen.push(`${message.text()} (${message.location().url})`)
    })
    context.on('weberror', (failure) => this.#seen.push(failure.error().stack || String(failure.error())))
  }

  /** Says that this test provokes one, such as an answer of 500. */
  expect(complaint: RegExp): void {
    this.#expected.push(complaint)
  }

  get unexpected(): string[] {
    return this.#seen.filter((complaint) => !this.#expected.some((expected) => expected.test(complaint)))
  }
}

type Fixtures = {
  needsChromium: undefined
  complaints: Complaints
  /** Of the context that the next test takes over: what Playwright’s reset leaves as it is. */
  asNew: undefined
  /** A person with an account of their own, whom no other test knows; signed out until `signsIn`. */
  ana: Person
  /** The administrator, whom all tests share. Sees everybody's submissions. */
  admin: Person
  /** Holds, fails or cuts off what the page asks the service for. */
  calls: Calls
  /** The app's server at an address of the test's own. */
  front: Front
  // What stands on the page before the test, by part of the app.
  board: ReturnType<typeof boardOn>
  list: ReturnType<typeof submissionsOn>
  people: ReturnType<typeof peopleOn>
  imports: ReturnType<typeof importOn>
  form: ReturnType<typeof signInForm>
  step: ReturnType<typeof codeStep>
  settings: ReturnType<typeof settingsOn>
}

const NO_CHROMIUM = 'There is no Chromium on this machine.'

/** A test in a browser of its own; it fails where the browser had something to complain of. */
export const test = base.extend<Fixtures>({
  needsChromium: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it which fixtures come first
    async ({}, use, info) => {
      const { CI } = process.env
      if (chromium === undefined && CI === 'true') throw new Error(NO_CHROMIUM)
      info.skip(chromium === undefined, NO_CHROMIUM)
      await use(undefined)
    },
    { auto: true },
  ],
  complaints: [
    async ({ context }, use) => {
      const complaints = new Complaints(context)
      await use(complaints)
      expect(complaints.unexpected).toEqual([])
    },
    { auto: true },
  ],
  asNew: [
    async ({ context, page }, use) => {
      await use(undefined)
      await context.setOffline(false)
      // Some tests forbid the store, and some end where there is none.
      await page.evaluate(() => sessionStorage.clear()).catch(() => {})
    },
    { auto: true },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: see above
  baseURL: async ({}, use) => use(appUrl()),
  ana: async ({ page }, use) => use(await Person.joins(page, somebody('Ana'))),
  admin: async ({ page }, use) => use(await Person.joins(page, ADMIN)),
  calls: async ({ page, complaints }, use) => use(new Calls(page, complaints)),
  // biome-ignore lint/correctness/noEmptyPattern: see above
  front: async ({}, use) => {
    const front = await Front.starts()
    await use(front)
    front.stop()
  },
  board: async ({ page }, use) => use(boardOn(page)),
  list: async ({ page }, use) => use(submissionsOn(page)),
  people: async ({ page }, use) => use(peopleOn(page)),
  imports: async ({ page }, use) => use(importOn(page)),
  form: async ({ page }, use) => use(signInForm(page)),
  step: async ({ page }, use) => use(codeStep(page)),
  settings: async ({ page }, use) => use(settingsOn(page)),
})

export { expect }
