import type { Role, Session } from '@jotc/core/api/account'
import type { SolvedSubmission, SubmissionPage } from '@jotc/core/api/jotc'
import type { SessionList } from '@jotc/core/api/sessions'
import type { Details } from '@jotc/core/person'
import * as client from '@jotc/testing/service/client'

/** Where the system of this run answers (global-setup.ts). */
export const appUrl = () => setting('E2E_APP_URL')
export const apiUrl = () => setting('E2E_API_URL')
/** Whether a page asks the API of its own address for this, whatever its query. */
export const isCallTo = (path: string) => (url: URL) => url.pathname === `/api${path}`
const setting = (name: string) => process.env[name] ?? ''

/** The first account of the system. */
export const ADMIN: Details = {
  email: 'admin@example.org',
  firstName: 'Ada',
  lastName: 'Min',
  birthDate: '1980-02-29',
}

// What follows asks the service over HTTP, for what a test needs to be there and is not about.

/** Signs in, and makes the account where there is none. */
export function signIn(details: Details): Promise<Session> {
  return client.signIn(apiUrl(), details)
}

export function submit(token: string, clouds: string): Promise<SolvedSubmission> {
  return client.ask<SolvedSubmission>(`${apiUrl()}/jotc`, { token, body: { clouds } })
}

/** The newest hundred submissions of the account. */
export function list(token: string): Promise<SubmissionPage> {
  return client.ask<SubmissionPage>(`${apiUrl()}/jotc?pageSize=100`, { token })
}

/** Signs all browsers of the account out. */
export async function endSessions(token: string): Promise<void> {
  const { items } = await client.ask<SessionList>(`${apiUrl()}/me/sessions`, { token })
  for (const { id } of items) await client.ask(`${apiUrl()}/me/sessions/${id}`, { token, method: 'DELETE' })
}

/** The administrator gives the account this role. */
export async function changeRole(id: string, role: Role): Promise<void> {
  const { token } = await signIn(ADMIN)
  await client.ask(`${apiUrl()}/users/${id}`, { token, method: 'PATCH', body: { role } })
}
