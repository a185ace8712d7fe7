import type { Registration, Session } from '@jotc/core/api/account'
import type { Challenge } from '@jotc/core/api/challenge'
import type { Details } from '@jotc/core/person'
import { ask } from '@jotc/testing/service/client'
import { startSystem } from '@jotc/testing/service/npm-start'
import { startEmailable } from '@jotc/testing/stand-ins/emailable'
import { startMail } from '@jotc/testing/stand-ins/mail'
import { expect, type Page } from '@playwright/test'
import { startSession } from '../shared/person.ts'
import { ADMIN } from '../shared/service.ts'

export type CodeSystem = Awaited<ReturnType<typeof startCodeSystem>>

/** A second system, which signs in by code: with a mail server and a verifier that are stand-ins. */
export async function startCodeSystem() {
  const [mail, emailable] = await Promise.all([startMail(), startEmailable()])
  const { app, sql, stop } = await startSystem('test', {
    SIGN_IN: 'code',
    MAIL_URL: mail.url,
    MAIL_FROM: 'Clouds <clouds@example.org>',
    EMAIL_VERIFICATION: 'on',
    EMAILABLE_URL: emailable.url,
    EMAILABLE_API_KEY: 'a-key-of-tests',
    TRUST_PROXY: '127.0.0.1',
  })
  const api = `${app}/api`
  let networks = 0
  const network = () => ({ 'x-forwarded-for': `192.0.2.${++networks}` })
  const mailedCode = async (email: string, headers: Record<string, string>) => {
    const { challengeId } = await ask<Challenge>(`${api}/login`, { body: { email }, headers })
    return { challengeId, code: mail.codeFor(email) }
  }
  /** Makes an account, by the mailed code and details, from a network of its own. */
  const signIn = async ({ email, ...about }: Details) => {
    const headers = network()
    const body = await mailedCode(email, headers)
    const { registration } = await ask<Registration>(`${api}/login/code`, { body, headers })
    await ask<Session>(`${api}/accounts`, { body: { registration, ...about }, headers })
  }
  await signIn(ADMIN)
  return {
    app,
    api,
    sql,
    signIn,
    /** The first account, and the only administrator, is signed in with the browser of this page. */
    adminSignsIn: async (page: Page) =>
      startSession(page, app, '/login/code', await mailedCode(ADMIN.email, network())),
    mailsTo: mail.countFor,
    /** The code of the newest mail to an address, as soon as that many have come. */
    async codeFor(email: string, mails = 1) {
      await expect.poll(() => mail.countFor(email)).toBeGreaterThanOrEqual(mails)
      return mail.codeFor(email)
    },
    async stop() {
      await stop()
      await Promise.all([mail.close(), emailable.close()])
    },
  }
}
