import type { Session } from '@jotc/core/api/account'
import type { Submission } from '@jotc/core/api/jotc'
import type { Details } from '@jotc/core/person'
import { expect, type Page } from '@playwright/test'
import { appUrl, changeRole, endSessions, list, signIn, submit } from './service.ts'

export { somebody } from '@jotc/testing/service/client'

/** Somebody with an account, and the page before them. */
export class Person {
  readonly page: Page
  readonly details: Details
  readonly session: Session

  private constructor(page: Page, details: Details, session: Session) {
    this.page = page
    this.details = details
    this.session = session
  }

  /** Makes the account over HTTP; the page stays signed out. */
  static async joins(page: Page, details: Details): Promise<Person> {
    return new Person(page, details, await signIn(details))
  }

  get email(): string {
    return this.details.email
  }

  /** As if they had signed in on an earlier visit. For the form itself see sign-in.ts. */
  async signsIn(): Promise<void> {
    await startSession(this.page, appUrl(), '/login', this.details)
  }

  /** Opens a page as somebody who is signed in and has submitted these boards, the last one last. */
  async opens(path: string, ...boards: string[]): Promise<void> {
    await this.submits(...boards)
    await this.signsIn()
    await this.page.goto(path)
    await expect(this.page.getByRole('heading', { level: 1 })).toBeVisible()
  }

  /** Their browsers are signed out, and not told. */
  async signsOutElsewhere(): Promise<void> {
    await endSessions(this.session.token)
  }

  async becomesAdmin(): Promise<void> {
    await changeRole(this.session.user.id, 'admin')
  }

  /** Submits boards over HTTP, one after the other, so that their times have the same order. */
  async submits(...boards: string[]): Promise<void> {
    for (const board of boards) await submit(this.session.token, board)
  }

  /** How many submissions the service has of them. */
  async count(): Promise<number> {
    return (await list(this.session.token)).total
  }

  /** The newest hundred of them, newest first. */
  async submissions(): Promise<Submission[]> {
    return (await list(this.session.token)).items
  }
}

/** Signs the browser of a page in: by the last call of a sign-in, and as the page remembers it. */
export async function startSession(page: Page, app: string, call: string, data: object): Promise<void> {
  const headers = { origin: app }
  const answer = await page.context().request.post(`${app}/api${call}?session=cookie`, { data, headers })
  expect(answer.status(), await answer.text()).toBe(200)
  const { user } = (await answer.json()) as Session
  await page.context().addInitScript(
    ({ app, session }) => {
      // Once for all tabs: who signs out stays signed out.
      if (location.origin !== app || localStorage.getItem('signed in by test') === session) return
      localStorage.setItem('signed in by test', session)
      localStorage.setItem('session', session)
    },
    { app: new URL(app).origin, session: JSON.stringify({ since: Date.now(), user }) },
  )
}
