import type { Role, Session } from '@jotc/core/api/account'
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

export async function signOut(token: string): Promise<void> {
  await send('/logout', { token, method: 'POST' })
}

/** The administrator gives the account this role. */
export async function changeRole(id: string, role: Role): Promise<void> {
  const { token } = await signIn(ADMIN)
  await send(`/users/${id}`, { token, method: 'PATCH', body: { role } })
}

type Sent = { token?: string; body?: object; method?: string }

async function send<Answer>(path: string, { token, body, method = body ? 'POST' : 'GET' }: Sent): Promise<Answer> {
  const headers = new Headers()
  if (body) headers.set('content-type', 'application/json')
  if (token !== undefined) headers.set('authorization', `Bearer ${token}`)
  const request: RequestInit = { method, headers, ...(body && { body: JSON.stringify(body) }) }
  const answer = await fetch(apiUrl() + path, request)
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
  return (answer.status === 204 ? undefined : await answer.json()) as Answer
}
