import assert from 'node:assert/strict'
import type { SolvedSubmission, SubmissionPage } from '@jotc/core/api/jotc'
import type { Problem } from '@jotc/core/api/problem'
import type { Details } from '@jotc/core/person'
import { createDatabase } from '@jotc/db/testing'
import type { FastifyInstance, InjectOptions } from 'fastify'
import pg from 'pg'
import { app } from './app.ts'
import type { Config } from './settings.ts'

export const SECRET = 'a secret of tests, 32 bytes or more'
export const ORIGIN = 'http://localhost:8000'

const CONFIG: Omit<Config, 'DATABASE_URL'> = {
  APP_ENV: 'test',
  API_PORT: 0,
  APP_PORT: 8000,
  HOST: '127.0.0.1',
  DATA_DIR: '.data',
  JWT_SECRETS: [SECRET],
  JWT_LIFETIME: 3600,
  CORS_ORIGINS: [ORIGIN],
  ADMIN_EMAILS: [],
  TRUST_PROXY: [],
  LOG_LEVEL: 'silent',
  LOG_FORMAT: 'json',
}

/**
 * A service with an empty database of its own, and people who use it. All is gone after the test.
 *
 * @param test whose end ends the system: a test's context, or `{ after }` of `node:test` for a whole file
 */
export async function system(test: { after(end: () => Promise<void>): void }, settings: Partial<Config> = {}) {
  const database = await createDatabase()
  const api = await app({ ...CONFIG, DATABASE_URL: database.url, ...settings })
  const sql = new pg.Pool({ connectionString: database.url, max: 2 })
  sql.on('error', () => {})
  test.after(async () => {
    await api.close()
    await sql.end()
    await database.drop()
  })
  return {
    api,
    databaseUrl: database.url,
    /** Runs SQL beside the service. */
    sql: async (text: string, values: unknown[] = []) => (await sql.query(text, values)).rows,
    /** Somebody who signs in; the first one becomes the administrator. */
    person: (name: string) => signIn(api, detailsOf(name)),
    /** Whoever has this token. */
    holderOf: (token: string) => new Person(api, token, ''),
  }
}

export function detailsOf(name: string): Details {
  return { email: `${name}@example.org`, firstName: name, lastName: 'Okafor', birthDate: '1990-05-09' }
}

export async function signIn(api: FastifyInstance, details: Details): Promise<Person> {
  const response = await api.inject({ method: 'POST', url: '/login', payload: details })
  assert.equal(response.statusCode, 200, response.body)
  const { token, user } = response.json()
  return new Person(api, token, user.id)
}

export type Answer = Awaited<ReturnType<typeof send>>

export class Person {
  readonly api: FastifyInstance
  readonly token: string
  readonly id: string

  constructor(api: FastifyInstance, token: string, id: string) {
    this.api = api
    this.token = token
    this.id = id
  }

  async gets(url: string, headers: Record<string, string> = {}): Promise<Answer> {
    return await send(this.api, { url, headers: { ...this.#headers, ...headers } })
  }

  async posts(url: string, payload: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return await send(this.api, {
      method: 'POST',
      url,
      payload: JSON.stringify(payload),
      headers: { ...this.#headers, 'content-type': 'application/json', ...headers },
    })
  }

  async solves(clouds: unknown): Promise<SolvedSubmission> {
    const answer = await this.posts('/jotc', { clouds })
    assert.equal(answer.statusCode, 201, answer.body)
    return answer.json()
  }

  async lists(query: Record<string, string | number | boolean> = {}): Promise<SubmissionPage> {
    const answer = await this.gets(`/jotc?${search(query)}`)
    assert.equal(answer.statusCode, 200, answer.body)
    return answer.json()
  }

  get #headers() {
    return { authorization: `Bearer ${this.token}` }
  }
}

export function search(query: Record<string, string | number | boolean>): string {
  return new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString()
}

/** Asserts that an answer is a complete problem of this status, and gives it. */
export function problemOf(answer: Answer, status: number): Problem {
  assert.equal(answer.statusCode, status, answer.body)
  assert.match(String(answer.headers['content-type']), /^application\/problem\+json/)
  assert.equal(answer.headers['cache-control'], 'no-store')
  const problem: Problem = answer.json()
  assert.equal(problem.status, status)
  assert.equal(problem.requestId, answer.headers['x-request-id'])
  return problem
}

/** The names of the fields that a problem says are wrong. */
export function wrongFields(answer: Answer): string[] {
  return (problemOf(answer, 400).errors ?? []).map((error) => error.field)
}

async function send(api: FastifyInstance, request: InjectOptions) {
  return await api.inject(request)
}
