import type { Session } from '@jotc/core/api/account'
import type { Challenge } from '@jotc/core/api/challenge'
import { expect } from '@playwright/test'
import { startEmailable } from '../api/src/plugins/verifier/testing.ts'
import { startMail } from '../api/src/testing-mail.ts'
import { test as base } from './fixtures.ts'
import { ADMIN } from './service.ts'
import { startSystem } from './system.ts'

type CodeSystem = {
  app: string
  api: string
  /** How many mails came to an address. */
  mailsTo: (email: string) => number
  /** The code of the newest mail to an address, as soon as it is there. */
  codeFor: (email: string) => Promise<string>
  /** The first account, and the only administrator. */
  admin: Session
}

/** A test in a browser before a system that signs in by code: with a mail server and a verifier that are stand-ins. */
export const test = base.extend<object, { codeSystem: CodeSystem }>({
  codeSystem: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it which fixtures come first
    async ({}, use) => {
      const [mail, emailable] = await Promise.all([startMail(), startEmailable()])
      const system = await startSystem('test', {
        SIGN_IN: 'code',
        MAIL_URL: mail.url,
        MAIL_FROM: 'Clouds <clouds@example.org>',
        EMAIL_VERIFICATION: 'on',
        EMAILABLE_URL: emailable.url,
        EMAILABLE_API_KEY: 'a-key-of-tests',
      })
      const { app, api } = system
      const { challengeId } = await post<Challenge>(`${api}/login`, ADMIN)
      const admin = await post<Session>(`${api}/login/code`, { challengeId, code: mail.codeFor(ADMIN.email) })
      await use({
        ...{ app, api, admin },
        mailsTo: mail.countFor,
        async codeFor(email) {
          await expect.poll(() => mail.countFor(email)).toBeGreaterThan(0)
          return mail.codeFor(email)
        },
      })
      await system.stop()
      await Promise.all([mail.close(), emailable.close()])
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ codeSystem }, use) => use(codeSystem.app),
})

async function post<Answer>(url: string, body: object): Promise<Answer> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`)
  return (await answer.json()) as Answer
}

export { expect }
