import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import { app } from '@jotc/api/app'
import type { Config } from '@jotc/api/settings'
import type { Challenge } from '@jotc/core/api/challenge'
import type { SolvedSubmission, SubmissionPage } from '@jotc/core/api/jotc'
import type { Problem } from '@jotc/core/api/problem'
import type { Details } from '@jotc/core/person'
import { createDatabase } from '@jotc/testing/servers/database'
import { startEmailable } from '@jotc/testing/stand-ins/emailable'
import { type MailStandIn, startMail } from '@jotc/testing/stand-ins/mail'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import pg from 'pg'
import { detailsOf } from './client.ts'
import { watchAnswers } from './conformity.ts'

export { detailsOf }

export const SECRET = 'a secret of tests, 32 bytes or more'
export const ORIGIN = 'http://localhost:8000'

const CONFIG: Omit<Config, 'DATABASE_URL'> = {
  APP_ENV: 'test',
  API_PORT: 0,
  APP_PORT: 8000,
  HOST: '127.0.0.1',
  DATA_DIR: '.data',
  DATABASE_READ_LAG_LIMIT: 10,
  DATABASE_POOL_SIZE: 5,
  DATABASE_READ_POOL_SIZE: 3,
  WORKERS: 1,
  SIGN_IN: 'details',
  MINIMUM_AGE: 18,
  MAILS_PER_HOUR: 100_000,
  EMAIL_VERIFICATION: 'off',
  EMAILABLE_URL: 'https://emailable.example.org',
  RATE_LIMIT_LOGIN: 100_000,
  RATE_LIMIT: 100_000,
  JWT_SECRETS: [SECRET],
  JWT_LIFETIME: 3600,
  SESSION_IDLE: 43_200,
  SESSION_LIFETIME: 2_592_000,
  CORS_ORIGINS: [ORIGIN],
  ADMIN_EMAILS: [],
  TRUST_PROXY: [],
  LOG_LEVEL: 'silent',
  LOG_FORMAT: 'json',
  LOG_CLIENT: 'off',
  COMMIT: 'unknown',
}

/**
 * A service with an empty database of its own, or at the `DATABASE_URL` of its settings, and people who use it. All is
 * gone after the test, which fails when an answer was not as `/openapi.json` describes it.
 *
 * @param test whose end ends the system: a test's context, or `{ after }` of `node:test` for a whole file
 */
export async function system(test: { after(end: () => Promise<void>): void }, settings: Partial<Config> = {}) {
  const own = settings.DATABASE_URL === undefined ? await createDatabase() : undefined
  const databaseUrl = own?.url ?? settings.DATABASE_URL ?? ''
  const api = await app({ ...CONFIG, ...settings, DATABASE_URL: databaseUrl })
  const undescribed = watchAnswers(api)
  api.addHook('onError', async ({ id }, _reply, error) => void errors.set(id, error))
  const sql = new pg.Pool({ connectionString: databaseUrl, max: 2 })
  sql.on('error', () => {})
  test.after(async () => {
    await api.close()
    await sql.end()
    await own?.drop()
    assert.deepEqual(undescribed, [], 'answers that are not as /openapi.json describes them')
  })
  return {
    api,
    databaseUrl,
    /** Runs SQL beside the service. */
    sql: async (text: string, values: unknown[] = []) => (await sql.query(text, values)).rows,
    /** Somebody who signs in; the first one becomes the administrator. */
    person: (name: string) => signIn(api, detailsOf(name)),
    /** Whoever has this token. */
    holderOf: (token: string) => new Person(api, token, ''),
    /** Somebody who signs in on our own page, whose session is a cookie. */
    visitor: (name: string) => signInByCookie(api, detailsOf(name)),
  }
}

/** As `system`, where one signs in by a mailed code: `person` does, and `mail` has what was sent. */
export async function systemByCode(test: { after(end: () => Promise<void>): void }, settings: Partial<Config> = {}) {
  const mail = await startMail()
  const codes = { SIGN_IN: 'code', MAIL_URL: mail.url, MAIL_FROM: 'Clouds <clouds@example.org>' } as const
  const made = await system(test, { ...codes, ...settings })
  test.after(() => mail.close())
  return { ...made, mail, person: (name: string) => signInByCode(made.api, mail, detailsOf(name)) }
}

/** A stand-in for Emailable until the test ends, and the settings of a service that asks it. */
export async function verification(test: { after(end: () => Promise<void>): void }) {
  const emailable = await startEmailable()
  test.after(() => emailable.close())
  const settings = { EMAIL_VERIFICATION: 'on', EMAILABLE_API_KEY: 'test_key', EMAILABLE_URL: emailable.url } as const
  return { emailable, settings }
}

export async function signIn(api: FastifyInstance, details: Details): Promise<Person> {
  const response = await api.inject({ method: 'POST', url: '/login', payload: details })
  assertStatus(response, 200)
  const { token, user } = response.json()
  return new Person(api, token, user.id)
}

async function signInByCookie(api: FastifyInstance, details: Details): Promise<Person> {
  const headers = { 'sec-fetch-site': 'same-origin' }
  const response = await api.inject({ method: 'POST', url: '/login?session=cookie', payload: details, headers })
  assertStatus(response, 200)
  const [cookie] = String(response.headers['set-cookie']).split(';', 1)
  return new Person(api, '', response.json().user.id, { cookie: cookie ?? '', ...headers })
}

/** Signs in by a mailed code; a new address gets an account with these details. */
export async function signInByCode(api: FastifyInstance, mail: MailStandIn, details: Details): Promise<Person> {
  const { challengeId } = await askForCode(api, details.email)
  const proven = await sendCode(api, challengeId, mail.codeFor(details.email))
  const answer = proven.statusCode === 202 ? await register(api, proven.json().registration, details) : proven
  assertStatus(answer, answer === proven ? 200 : 201)
  const { token, user } = answer.json()
  return new Person(api, token, user.id)
}

export async function register(api: FastifyInstance, registration: string, details: Details): Promise<Answer> {
  const { email: _, ...about } = details
  return await api.inject({ method: 'POST', url: '/accounts', payload: { registration, ...about } })
}

export async function askForCode(api: FastifyInstance, email: string): Promise<Challenge> {
  const answer = await api.inject({ method: 'POST', url: '/login', payload: { email } })
  assertStatus(answer, 202)
  return answer.json()
}

export async function sendCode(api: FastifyInstance, challengeId: string, code: string): Promise<Answer> {
  return await api.inject({ method: 'POST', url: '/login/code', payload: { challengeId, code } })
}

/** Sooner than anything in a worker's memory ends by itself (30 s): that must not be what makes it true. */
const LATEST_MS = 25_000

/** Resolves once it is true. The service promises a second for most; a busy machine may take longer. */
export async function becomesTrue(holds: () => Promise<boolean>): Promise<void> {
  const begun = performance.now()
  while (!(await holds())) {
    assert(performance.now() - begun < LATEST_MS, `it never came true: ${holds}`)
    // Asked without a pause, the service would have no time for anything else.
    await wait(10)
  }
}

/** What went wrong in requests, by their ids. */
const errors = new Map<string, Error>()

/** Asserts the status of an answer; where it is another, says to what request, and where in the service it went wrong. */
export function assertStatus(answer: Answer, status: number): void {
  const { method, url } = answer.raw.req
  const error = errors.get(String(answer.headers['x-request-id']))
  assert.equal(answer.statusCode, status, `${method} ${url} answered ${answer.body}\n${error?.stack ?? ''}`)
}

/** What the JSON of an answer holds, whose status is asserted. */
export function jsonOf(answer: Answer, status: number) {
  assertStatus(answer, status)
  return answer.json()
}

export type Answer = LightMyRequestResponse

export class Person {
  readonly api: FastifyInstance
  readonly token: string
  readonly id: string
  /** What is sent with each request. */
  readonly headers: Record<string, string>

  constructor(
    api: FastifyInstance,
    token: string,
    id: string,
    headers: Record<string, string> = { authorization: `Bearer ${token}` },
  ) {
    this.api = api
    this.token = token
    this.id = id
    this.headers = headers
  }

  /** The same person, served by another worker. */
  on({ api }: { api: FastifyInstance }): Person {
    return new Person(api, this.token, this.id, this.headers)
  }

  async gets(url: string, headers: Record<string, string> = {}): Promise<Answer> {
    return await this.api.inject({ url, headers: { ...this.headers, ...headers } })
  }

  async posts(url: string, payload: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return await this.#sends('POST', url, payload, headers)
  }

  async patches(url: string, payload: unknown): Promise<Answer> {
    return await this.#sends('PATCH', url, payload)
  }

  async deletes(url: string): Promise<Answer> {
    return await this.api.inject({ method: 'DELETE', url, headers: this.headers })
  }

  async signsOut(): Promise<void> {
    const answer = await this.api.inject({ method: 'POST', url: '/logout', headers: this.headers })
    assertStatus(answer, 204)
  }

  async #sends(method: 'POST' | 'PATCH', url: string, payload: unknown, headers: Record<string, string> = {}) {
    return await this.api.inject({
      method,
      url,
      payload: JSON.stringify(payload),
      headers: { ...this.headers, 'content-type': 'application/json', ...headers },
    })
  }

  async solves(clouds: unknown): Promise<SolvedSubmission> {
    const answer = await this.posts('/jotc', { clouds })
    assertStatus(answer, 201)
    return answer.json()
  }

  async lists(query: Record<string, string | number | boolean> = {}): Promise<SubmissionPage> {
    const answer = await this.gets(`/jotc?${search(query)}`)
    assertStatus(answer, 200)
    return answer.json()
  }

  /** Asks over a real connection, for answers that are read as they come. */
  async opens(url: string, request: RequestInit = {}): Promise<Response> {
    if (!this.api.server.listening) await this.api.listen({ port: 0, host: '127.0.0.1' })
    return await fetch(this.api.listeningOrigin + url, {
      ...request,
      headers: { ...this.headers, ...request.headers },
    })
  }
}

export function search(query: Record<string, string | number | boolean>): string {
  return new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString()
}

/** Asserts that an answer is a complete problem of this status, and gives it. */
export function problemOf(answer: Answer, status: number): Problem {
  assertStatus(answer, status)
  assert.match(String(answer.headers['content-type']), /^application\/problem\+json/)
  assert.equal(answer.headers['cache-control'], 'no-store')
  const problem: Problem = answer.json()
  assert.equal(problem.status, status)
  assert.equal(problem.requestId, answer.headers['x-request-id'])
  if (status === 429 || status === 503) assert.match(String(answer.headers['retry-after']), /^[1-9]\d*$/)
  return problem
}

/** The names of the fields that a problem says are wrong. */
export function wrongFields(answer: Answer): string[] {
  return (problemOf(answer, 400).errors ?? []).map((error) => error.field)
}
