import { hash, randomBytes, randomUUIDv7 } from 'node:crypto'
import fp from 'fastify-plugin'
import { LRUCache } from 'lru-cache'
import sql, { type Sql } from 'sql-template-tag'
import { HttpError } from '../http/errors.ts'
import { accountErased } from './accounts.ts'

declare module 'fastify' {
  interface FastifyInstance {
    sessions: Sessions
  }
}

/** Whoever holds its secret is signed in. `usedAtMs` is at most a minute behind. */
export type Session = { id: string; accountId: string; createdAtMs: number; usedAtMs: number }

export type Sessions = {
  /** How long a session lasts at most, in seconds. */
  readonly lifetimeS: number
  /**
   * Opens a session of an account. `expiresAt`: when it ends unless it is used, ISO 8601 in UTC.
   *
   * @throws {HttpError} `account-erased` where there is no such account any more
   */
  start(accountId: string, browser: string): Promise<{ secret: string; expiresAt: string }>
  /**
   * The session of a secret, which is used by that: at once where this worker knows it.
   *
   * @throws {HttpError} `invalid-token`, `session-expired` or `session-ended`
   */
  use(secret: string): Session | Promise<Session>
  /** When a session ends unless it is used from now on, in milliseconds since 1970. */
  endOf(session: Session): number
  /** Ends the session of a secret, if there is one. */
  end(secret: string): Promise<void>
  /** The condition of SQL for sessions that have not ended by themselves. */
  readonly live: Sql
}

/** As base64url. */
const SECRET_BYTES = 32
const SECRET = /^[\w-]{43}$/
const MAX_CACHED_SESSIONS = 20_000
/** So long another worker may not see that a session is in use, or gone from a database that was put back. */
const CACHE_TTL_MS = 30_000
/** How often the use of a session is written. */
const WRITE_INTERVAL_MS = 60_000
/** The oldest make room. */
const MAX_SESSIONS_OF_ACCOUNT = 100

/**
 * Sessions of browsers, as rows of PostgreSQL: they can be listed and ended, and last over restarts. Only the hash of a
 * secret is stored.
 *
 * Promises: a session ends after `idleS` without use (to a minute) and after `lifetimeS` in any case. Its row stays as
 * long as a browser may send its cookie, so that one can be told why it ended. In use it costs a statement each half
 * minute in each worker, and its use is written once a minute. One that is deleted ends in every worker within a second
 * (revocations.ts).
 */
export const sessions = fp<{ idleS: number; lifetimeS: number }>(
  async (api, { idleS, lifetimeS }) => {
    const { database } = api
    const cache = new LRUCache<string, Session>({
      max: MAX_CACHED_SESSIONS,
      ttl: CACHE_TTL_MS,
      // Many requests at once share one statement.
      fetchMethod: read,
    })
    const live = sql`used_at > now() - make_interval(secs => ${idleS})
      and created_at > now() - make_interval(secs => ${lifetimeS})`

    async function read(secret: string): Promise<Session> {
      const [row] = await database.query<{ id: string; accountId: string; ageMs: number; idleMs: number }>(sql`
        select id, user_id as "accountId",
          (extract(epoch from clock_timestamp() - created_at) * 1000)::float8 as "ageMs",
          (extract(epoch from clock_timestamp() - used_at) * 1000)::float8 as "idleMs"
        from sessions where hash = ${hashOf(secret)}`)
      if (!row) throw new HttpError('session-ended', 'This session was signed out. Sign in again.')
      const now = Date.now()
      return { id: row.id, accountId: row.accountId, createdAtMs: now - row.ageMs, usedAtMs: now - row.idleMs }
    }

    function endOf({ createdAtMs, usedAtMs }: Session): number {
      return Math.min(usedAtMs + idleS * 1000, createdAtMs + lifetimeS * 1000)
    }

    /** @throws {HttpError} where the session has ended by itself */
    function used(session: Session): Session | Promise<Session> {
      const now = Date.now()
      if (now >= endOf(session)) throw new HttpError('session-expired', 'Your session has expired. Sign in again.')
      return now - session.usedAtMs < WRITE_INTERVAL_MS ? session : write(session, now)
    }

    async function write(session: Session, now: number): Promise<Session> {
      session.usedAtMs = now
      // Another worker may have written it meanwhile. Where it cannot be written, whoever uses it is served all the same.
      await database
        .query(sql`
          update sessions set used_at = date_trunc('milliseconds', clock_timestamp())
          where id = ${session.id} and used_at <= clock_timestamp() - make_interval(secs => ${WRITE_INTERVAL_MS / 1000})`)
        .catch((error: unknown) => void api.reportError(error, { work: 'writing the use of a session' }))
      return session
    }

    api.decorate('sessions', {
      lifetimeS,
      live,
      endOf,

      async start(accountId, browser) {
        const secret = randomBytes(SECRET_BYTES).toString('base64url')
        await database.transaction(async (query) => {
          const started = await query(sql`
            insert into sessions (id, user_id, hash, browser)
            select ${randomUUIDv7()}, id, ${hashOf(secret)}, ${browser} from users where id = ${accountId} for key share
            returning id`)
          if (started.length === 0) throw accountErased()
          await query(sql`
            delete from sessions where id in (
              select id from sessions where user_id = ${accountId}
              order by used_at desc, id desc offset ${MAX_SESSIONS_OF_ACCOUNT})`)
        })
        return { secret, expiresAt: new Date(Date.now() + Math.min(idleS, lifetimeS) * 1000).toISOString() }
      },

      use(secret) {
        if (!SECRET.test(secret)) throw new HttpError('invalid-token', 'This session is not valid. Sign in again.')
        const known = cache.get(secret)
        return known ? used(known) : cache.forceFetch(secret).then(used)
      },

      async end(secret) {
        await database.query(sql`delete from sessions where hash = ${hashOf(secret)}`)
        await api.revocations.refresh()
      },
    })

    // A browser has forgotten the cookie by then.
    api.sweeper.add(sql`delete from sessions where created_at < now() - make_interval(secs => ${lifetimeS})`)
  },
  { name: 'sessions', dependencies: ['database', 'sweeper', 'revocations', 'errorHandler'] },
)

function hashOf(secret: string): Buffer {
  return hash('sha256', secret, 'buffer')
}
