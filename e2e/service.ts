import type { Session } from '@jotc/core/api/account'
import type { SolvedSubmission, SubmissionPage } from '@jotc/core/api/jotc'
import type { Details } from '@jotc/core/person'

/** Where the system of this run answers (global-setup.ts). */
export const appUrl = () => setting('E2E_APP_URL')
export const apiUrl = () => setting('E2E_API_URL')
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
  return send<Session>('/login', { body: details })
}

export function submit(token: string, clouds: string): Promise<SolvedSubmission> {
  return send<SolvedSubmission>('/jotc', { token, body: { clouds } })
}

/** The newest hundred submissions of the account. */
export function list(token: string): Promise<SubmissionPage> {
  return send<SubmissionPage>('/jotc?pageSize=100', { token })
}

async function send<Answer>(path: string, { token, body }: { token?: string; body?: object }): Promise<Answer> {
  const headers = new Headers({ 'content-type': 'application/json' })
  if (token !== undefined) headers.set('authorization', `Bearer ${token}`)
  const request: RequestInit = body ? { method: 'POST', body: JSON.stringify(body), headers } : { headers }
  const answer = await fetch(apiUrl() + path, request)
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
  return (await answer.json()) as Answer
}
