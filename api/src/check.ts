/**
 * `node api/src/check.ts`: checks that the database, Redis, mail server and verifier of the settings accept us. One line
 * each: `ok`, `warn` or `FAIL`; exit code 1 after a FAIL. Sends no email, but asks Emailable about the sender's address,
 * which costs a credit.
 */
import pg from 'pg'
import { ConfigError, readConfig } from './config.ts'
import { emailable } from './email/emailable.ts'
import { mailServer } from './email/mail.ts'
import { connectRedis } from './redis/redis.ts'
import type { Config } from './settings.ts'

const TIMEOUT_MS = 15_000
const SILENT = { info() {}, warn() {} }

/** @returns what was found @throws what failed */
type Check = (config: Config) => Promise<string | { warning: string }>

const CHECKS: Record<string, Check> = {
  async database({ DATABASE_URL }) {
    const client = new pg.Client({ connectionString: DATABASE_URL, connectionTimeoutMillis: TIMEOUT_MS })
    client.on('error', () => {})
    try {
      await client.connect()
      const { rows } = await client.query<{ version: string; owns: boolean; used: number; max: number }>(`
        select current_setting('server_version') as version, pg_has_role('pg_database_owner', 'usage')
          or exists (select from pg_roles where rolname = current_user and rolsuper) as owns,
          (select count(*)::int from pg_stat_activity) as used, current_setting('max_connections')::int as max`)
      const [{ version, owns, used, max } = { version: '', owns: false, used: 0, max: 0 }] = rows
      const said = `PostgreSQL ${version}, ${used} of ${max} connections in use`
      return owns ? { warning: `${said}; we are its owner, so a bug could drop tables` } : said
    } finally {
      await client.end()
    }
  },
  async redis({ REDIS_URL }) {
    if (REDIS_URL === undefined) return { warning: 'REDIS_URL is not set: each worker counts limits for itself' }
    let reason: unknown
    const redis = await connectRedis(REDIS_URL, { ...SILENT, warn: (about: unknown) => (reason = about) }, TIMEOUT_MS)
    const { state } = redis
    redis.close()
    if (state !== 'up') throw new Error((reason as { reason?: string } | undefined)?.reason)
    return 'takes writes'
  },
  async mail({ MAIL_URL, MAIL_FROM }) {
    if (MAIL_URL === undefined || MAIL_FROM === undefined) return { warning: 'MAIL_URL is not set: nobody gets a code' }
    const server = await mailServer(MAIL_URL, MAIL_FROM)
    await server.verify()
    server.close()
    return 'the mail server lets us in'
  },
  async verifier({ EMAIL_VERIFICATION, EMAILABLE_URL, EMAILABLE_API_KEY, MAIL_FROM = '' }) {
    if (EMAIL_VERIFICATION === 'off' || EMAILABLE_API_KEY === undefined) return { warning: 'EMAIL_VERIFICATION is off' }
    const address = /<([^<>]+)>/.exec(MAIL_FROM)?.[1] ?? (MAIL_FROM || 'somebody@example.org')
    const { state } = await emailable(EMAILABLE_URL, EMAILABLE_API_KEY).ask(address, AbortSignal.timeout(TIMEOUT_MS))
    return `Emailable takes our key; it says ${state} of the sender of our emails`
  },
}

try {
  const { config } = readConfig()
  for (const [name, check] of Object.entries(CHECKS)) {
    try {
      const found = await check(config)
      say(typeof found === 'string' ? 'ok' : 'warn', name, typeof found === 'string' ? found : found.warning)
    } catch (error) {
      process.exitCode = 1
      const { message, code } = error as Error & { code?: string }
      say('FAIL', name, message || code || String(error))
    }
  }
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  say('FAIL', 'settings', error.message)
  process.exitCode = 1
}

function say(how: string, name: string, what: string): void {
  console.log(`${how.padEnd(4)} ${name}: ${what}`)
}
