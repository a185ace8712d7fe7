import type { BrowserContext } from '@playwright/test'

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
    context.on('weberror', (failure) => this.#seen.push(failure.error().stack ?? String(failure.error())))
  }

  /** Says that this test provokes one, such as an answer of 500. */
  expect(complaint: RegExp): void {
    this.#expected.push(complaint)
  }

  get unexpected(): string[] {
    return this.#seen.filter((complaint) => !this.#expected.some((expected) => expected.test(complaint)))
  }
}
