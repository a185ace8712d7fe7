import { randomUUID } from 'node:crypto'
import type { Session } from '@jotc/core/api/account'
import type { SolvedSubmission, SubmissionPage } from '@jotc/core/api/jotc'
import type { Details } from '@jotc/core/person'

/** Details of somebody whom no other test knows. */
export function somebody(): Details {
  const email = `ana.${randomUUID().slice(0, 8)}@example.org`
  return { email, firstName: 'Ana', lastName: 'Silva', birthDate: '1990-05-09' }
}

/** Somebody who has signed in by their details at the API of this URL. */
export async function signIn(api: string, details = somebody()) {
  const { token } = await ask<Session>(`${api}/login`, undefined, details)
  return {
    token,
    solves: (clouds: string) => ask<SolvedSubmission>(`${api}/jotc`, token, { clouds }),
    /** The ids of all that is kept of theirs, newest first. */
    listed: async () => (await ask<SubmissionPage>(`${api}/jotc?pageSize=100`, token)).items.map(({ id }) => id),
  }
}

async function ask<Answer>(url: string, token: string | undefined, body?: object): Promise<Answer> {
  const headers = new Headers({ 'content-type': 'application/json' })
  if (token !== undefined) headers.set('authorization', `Bearer ${token}`)
  const request: RequestInit = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers }
  const answer = await fetch(url, request)
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`)
  return (await answer.json()) as Answer
}
