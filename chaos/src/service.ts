import type { Session } from '@jotc/core/api/account'
import { type ServiceProcess, startProcess } from '@jotc/testing/process'

export type Service = ServiceProcess & { url: string; token: string }

const UNLIMITED = '1000000000'

/** The service as it runs in production but for its limits, with two workers; and somebody who is signed in. */
export async function startService(
  test: { after(end: () => void): void },
  { WORKERS = '2', ...settings }: Record<string, string>,
): Promise<Service> {
  const process = startProcess(test, {
    APP_ENV: 'production',
    SIGN_IN: 'details',
    EMAIL_VERIFICATION: 'off',
    JWT_SECRETS: 'a secret of these tests of 32 bytes or more',
    RATE_LIMIT: UNLIMITED,
    RATE_LIMIT_LOGIN: UNLIMITED,
    CORS_ORIGINS: 'http://localhost:8000',
    WORKERS,
    ...settings,
  })
  const url = await process.listening(Number(WORKERS))
  const { token } = await signIn(url, 'mira')
  return { ...process, url, token }
}

/** @throws when the answer is no session */
export async function signIn(url: string, name: string): Promise<Session> {
  const details = { email: `${name}@example.org`, firstName: name, lastName: 'Okafor', birthDate: '1990-05-09' }
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${url}/login`, { method: 'POST', headers, body: JSON.stringify(details) })
  if (!answer.ok) throw new Error(`The sign-in was answered ${answer.status}: ${await answer.text()}`)
  return (await answer.json()) as Session
}
