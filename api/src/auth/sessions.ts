import { randomUUIDv7 } from 'node:crypto'
import fp from 'fastify-plugin'
import sql, { type Sql } from 'sql-template-tag'
import { HttpError } from '../http/errors.ts'
import { accountErased } from './accounts.ts'
import { hashOf, newSecret, secretLookup } from './secrets.ts'

declare module 'fastify' {
  interface FastifyInstance {
    sessions: Sessions
  }
}

/** The session of a browser, which has its secret in a cookie. Times are in milliseconds since 1970. */
export type Session = { kind: 'session'; id: string; accountId: string; createdAtMs: number; usedAtMs: number }

export type Sessions = {
  /** How long a session lasts at most, in seconds. */
  readonly lifetimeS: number
  /** The SQL condition that a row of `sessions` has not expired. */
  readonly isLive: Sql
  /**
   * Starts a session of an account.
   *
   * @param replaced the secret of a session to end
   * @returns `expiresAt`: when it ends without use, ISO 8601 in UTC
   * @throws {HttpError} `account-erased`
   */
  start(accountId: string, browser: string, replaced?: string): Promise<{ secret: string; expiresAt: string }>
  /**
   * Finds the session of a secret, and records its use. Returns no promise where this worker knows the session.
   *
   * @throws {HttpError} `invalid-token`, `session-expired` or `session-ended`
   */
  use(secret: string): Session | Promise<Session>
  /** When a session ends without further use, in milliseconds since 1970. @throws {HttpError} `session-ended` */
  endOf(id: string): Promise<number>
  /** Ends a session of an account. @returns false where there is none */
  end(accountId: string, id: string): Promise<boolean>
  /** Ends all sessions of an account, and all signed tokens issued so far. @returns false where there is no account */
  endAll(accountId: string): Promise<boolean>
}

const SECRET = /^[\w-]{43}$/
/** Beyond that, the least recently used end. */
const MAX_SESSIONS_OF_ACCOUNT = 100

/**
 * Sessions of browsers, as rows of PostgreSQL: they can be listed and ended, and survive restarts.
 *
 * Promises: a session ends after `idleS` without use (to a minute), and after `lifetimeS` in any case. Its row stays for
 * as long as a browser may send the cookie, so the answer can say why it ended. In constant use it costs each worker a
 * statement every 30 s. However its row is deleted, the session ends in every worker within a second (revocations.ts).
 */
export const sessions = fp<{ idleS: number; lifetimeS: number }>(
  async (api, { idleS, lifetimeS }) => {
    const { database, revocations } = api
    const isLive = sql`(used_at > now() - make_interval(secs => ${idleS})
      and created_at > now() - make_interval(secs => ${lifetimeS}))`

    /** Ages are computed by the database's clock, since ours may differ. */
    async function read(condition: Sql): Promise<Session> {
      const [row] = await database.query<{ id: string; accountId: string; ageMs: number; idleMs: number }>(sql`
        select id, user_id as "accountId",
          (extract(epoch from clock_timestamp() - created_at) * 1000)::float8 as "ageMs",
          (extract(epoch from clock_timestamp() - used_at) * 1000)::float8 as "idleMs"
        from sessions where ${condition}`)
      if (!row) throw signedOut()
      const { id, accountId, ageMs, idleMs } = row
      const now = Date.now()
      return { kind: 'session', id, accountId, createdAtMs: now - ageMs, usedAtMs: now - idleMs }
    }

    const endOf = ({ createdAtMs, usedAtMs }: Session) =>
      Math.min(usedAtMs + idleS * 1000, createdAtMs + lifetimeS * 1000)

    const find = secretLookup<Session>(
      api,
      'sessions',
      (hash) => read(sql`hash = ${hash}`),
      (session, nowMs) => {
        if (nowMs >= endOf(session)) throw new HttpError('session-expired', 'Your session has expired. Sign in again.')
      },
    )

    api.decorate('sessions', {
      lifetimeS,
      isLive,

      async start(accountId, browser, replaced) {
        const secret = newSecret()
        const id = randomUUIDv7()
        await database.transaction(async (query) => {
          const started = await query(sql`
            insert into sessions (id, user_id, hash, browser)
            select ${id}, id, ${hashOf(secret)}, ${browser} from users where id = ${accountId} for key share
            returning id`)
          if (started.length === 0) throw accountErased()
          await query(sql`
            delete from sessions where hash = ${replaced === undefined ? null : hashOf(replaced)} or id in (
              select id from sessions where user_id = ${accountId}
              order by used_at desc, id desc offset ${MAX_SESSIONS_OF_ACCOUNT})`)
        })
        if (replaced !== undefined) await revocations.refresh()
        return { secret, expiresAt: new Date(Date.now() + Math.min(idleS, lifetimeS) * 1000).toISOString() }
      },

      use(secret) {
        if (!SECRET.test(secret)) throw new HttpError('invalid-token', 'This session is not valid. Sign in again.')
        return find(secret)
      },

      endOf: async (id) => endOf(await read(sql`id = ${id}`)),

      async end(accountId, id) {
        const ended = await database.query(
          sql`delete from sessions where id = ${id} and user_id = ${accountId} returning id`,
        )
        await revocations.refresh()
        return ended.length > 0
      },

      async endAll(accountId) {
        const isKnown = await database.transaction(async (query) => {
          const accounts = await query(sql`
            update users set signed_out_at = date_trunc('milliseconds', clock_timestamp()) where id = ${accountId}
            returning id`)
          await query(sql`delete from sessions where user_id = ${accountId}`)
          return accounts.length > 0
        })
        await revocations.refresh()
        return isKnown
      },
    })

    // Browsers have deleted the cookie by then.
    api.sweeper.add(sql`delete from sessions where created_at < now() - make_interval(secs => ${lifetimeS})`)
  },
  { name: 'sessions', dependencies: ['database', 'sweeper', 'revocations', 'errorHandler'] },
)

export function signedOut(): HttpError {
  return new HttpError('session-ended', 'This session was signed out. Sign in again.')
}
