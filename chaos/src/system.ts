import type { Session } from '@jotc/core/api/account'
import { createDatabase } from '@jotc/testing/servers/database'
import { startProxy, type TcpProxy } from '@jotc/testing/servers/proxy'
import { detailsOf, signIn as signInAt } from '@jotc/testing/service/client'
import { type ServiceProcess, startProcess } from '@jotc/testing/service/process'
import pg from 'pg'
import { type FragilePostgres, startFragilePostgres } from './postgres.ts'

export type Owner = { after(end: () => Promise<void> | void): void }

/** `people` are signed in; `token` is that of the first one. */
export type Service = ServiceProcess & { url: string; token: string; people: Session[] }

/** Runs SQL beside the service. */
export type Sql = (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>

/** A service under test, and a way to its database that stays when the service's own is cut. */
export type Served = { service: Service; sql: Sql }

export type System = Served & {
  /** The one that serves now. */
  postgres: FragilePostgres
  /** Between the service and PostgreSQL. */
  network: TcpProxy
  /** Of the service. */
  settings: Record<string, string>
  /** What is added to it ends with it. */
  open: AsyncDisposableStack
}

const { CHAOS } = process.env
/** `npm run chaos` lets faults last, and repeats them; `npm test` has each for a second. */
export const isLong = CHAOS === 'long'

const UNLIMITED = '1000000000'

/** The service as it runs in production but for its limits, with two workers; and people who are signed in. */
export async function startService(test: Owner, settings: Record<string, string>): Promise<Service> {
  const process = startProcess(test, {
    APP_ENV: 'production',
    SIGN_IN: 'details',
    EMAIL_VERIFICATION: 'off',
    JWT_SECRETS: 'a secret of these tests of 32 bytes or more',
    RATE_LIMIT: UNLIMITED,
    RATE_LIMIT_LOGIN: UNLIMITED,
    CORS_ORIGINS: 'http://localhost:8000',
    WORKERS: '2',
    ...settings,
  })
  const url = await process.listening(2)
  const people = await Promise.all(['mira', 'noor', 'olga'].map((name) => signIn(url, name)))
  return { ...process, url, people, token: people[0]?.token ?? '' }
}

export const signIn = (url: string, name: string): Promise<Session> => signInAt(url, detailsOf(name))

/** What the service says of itself that it must not: anything unexpected, a warning of Node's, its end. */
export function unforeseen({ written, child }: Service): string[] {
  const lines = written.out.split('\n').filter((line) => /"level":[56]0/.test(line))
  const faults = [...new Set(lines.map((line) => `In the log: ${line.slice(0, 2_000)}`))]
  if (written.err !== '') faults.push(`On stderr: ${written.err}`)
  if (child.exitCode !== null) faults.push('The service has ended.')
  return faults
}

/** The service on a database that stays well. */
export async function startOnTestDatabase(test: Owner, settings: Record<string, string> = {}): Promise<Served> {
  const database = await createDatabase()
  const pool = new pg.Pool({ connectionString: database.url, max: 1 })
  // The end of the database may be quicker than that of a connection.
  pool.on('error', () => {})
  test.after(async () => {
    await pool.end()
    await database.drop()
  })
  const service = await startService(test, { DATABASE_URL: database.url, ...settings })
  return { service, sql: async (text, values) => (await pool.query(text, values)).rows }
}

/** The service, with a PostgreSQL of its own behind a network of its own. */
export async function startSystem(test: Owner, more: Record<string, string> = {}): Promise<System> {
  const open = new AsyncDisposableStack()
  test.after(() => open.disposeAsync())
  const postgres = open.adopt(await startFragilePostgres(), ({ remove }) => remove())
  const network = open.adopt(await startProxy(postgres.port), ({ close }) => close())
  const url = Object.assign(new URL(postgres.url), { port: network.port }).href
  const settings = { DATABASE_URL: url, ...more }
  const service = await startService({ after: (end) => open.defer(end) }, settings)
  const sql: Sql = (text, values) => system.postgres.sql(text, values)
  const system: System = { postgres, network, service, settings, open, sql }
  return system
}
