import { randomUUID } from 'node:crypto'
import type { Session } from '@jotc/core/api/account'
import type { Details } from '@jotc/core/person'

type Asked = { token?: string; body?: object; method?: string; headers?: Record<string, string> }

/**
 * Asks a running service over HTTP.
 *
 * @param body sent as JSON, by POST unless `method` says otherwise
 * @returns what the JSON of the answer holds; undefined of an answer without a body
 * @throws where it was refused, with the request and what was answered
 */
export async function ask<Answer>(url: string, { token, body, method, headers }: Asked = {}): Promise<Answer> {
  const answer = await fetch(url, {
    method: method ?? (body ? 'POST' : 'GET'),
    headers: {
      ...(body && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (!answer.ok)
    throw new Error(`${method ?? ''} ${url} ${JSON.stringify(body) ?? ''} answered ${answer.status}: ${text}`)
  return (text === '' ? undefined : JSON.parse(text)) as Answer
}

/** Signs in by details, and makes the account where there is none. */
export function signIn(api: string, details: Details): Promise<Session> {
  return ask<Session>(`${api}/login`, { body: details })
}

export function detailsOf(name: string): Details {
  return { email: `${name}@example.org`, firstName: name, lastName: 'Okafor', birthDate: '1990-05-09' }
}

/** Details of somebody whom no other test knows. */
export function somebody(firstName: string, part = firstName.toLowerCase()): Details {
  const email = `${part}.${randomUUID().slice(0, 8)}@example.org`
  return { email, firstName, lastName: 'Silva', birthDate: '1990-05-09' }
}
