import type { User } from '@jotc/core/api/account'
import fp from 'fastify-plugin'
import sql, { type Sql } from 'sql-template-tag'
import type { Database, Query } from '../database/database.ts'
import { HttpError } from '../http/errors.ts'
import { lruCache } from '../lru-cache.ts'

declare module 'fastify' {
  interface FastifyInstance {
    accounts: Accounts
  }
}

export type Account = User & {
  /** Milliseconds since 1970: signed tokens issued earlier are rejected. 0 if the account was never signed out everywhere. */
  signedOutAtMs: number
}

export type Accounts = {
  /** The account, at most a second old, or `undefined` when it was erased. */
  find(id: string): Promise<Account | undefined>
  /** The same by email address, in its stored form. */
  findByEmail(email: string): Promise<Account | undefined>
}

/** The columns of `users` that make an account. */
export const ACCOUNT_COLUMNS: Sql = sql`id, email, first_name as "firstName", last_name as "lastName",
  birth_date as "birthDate", role, created_at as "createdAt",
  coalesce(extract(epoch from signed_out_at) * 1000, 0)::float8 as "signedOutAtMs"`

const MAX_CACHED_ACCOUNTS = 20_000
/** Only frees the memory of unused accounts: changed ones are dropped at once. */
const CACHE_TTL_MS = 60_000

/** The accounts that send requests, cached in this worker's memory until they change (revocations.ts). */
export const accounts = fp(
  async (api) => {
    const cache = lruCache<string, Account>(MAX_CACHED_ACCOUNTS, {
      ttl: CACHE_TTL_MS,
      // The default of 1 ms reads the clock and starts a timer that often.
      ttlResolution: 1_000,
      dispose: ({ email }) => idsByEmail.delete(email),
    })
    const idsByEmail = new Map<string, string>()
    let changes = 0
    api.revocations.onAccount((id) => {
      changes++
      cache.delete(id)
    })

    async function read(condition: Sql): Promise<Account | undefined> {
      const changesBefore = changes
      const [account] = await api.database.query<Account>(sql`select ${ACCOUNT_COLUMNS} from users where ${condition}`)
      // Changed while it was read: the row may be outdated.
      if (!account || changes !== changesBefore) return account
      cache.set(account.id, account)
      idsByEmail.set(account.email, account.id)
      return account
    }

    api.decorate('accounts', {
      async find(id) {
        await api.revocations.ensureFresh()
        return cache.get(id) ?? (await read(sql`id = ${id}`))
      },
      async findByEmail(email) {
        await api.revocations.ensureFresh()
        return cache.get(idsByEmail.get(email) ?? '') ?? (await read(sql`email = ${email}`))
      },
    })
  },
  { name: 'accounts', dependencies: ['database', 'revocations'] },
)

export function accountErased(): HttpError {
  return new HttpError('account-erased', 'This account no longer exists.')
}

/**
 * Whether this account is the only administrator. Locks all administrators until the transaction ends, so concurrent
 * changes of roles run one after the other.
 */
export async function isOnlyAdministrator(query: Query, id: string): Promise<boolean> {
  // One order for all transactions avoids deadlocks.
  const administrators = await query<{ id: string }>(sql`
    select id from users where role = 'admin' order by id for update`)
  return administrators.length === 1 && administrators[0]?.id === id
}

/** A statement removes so many in about a second: far below its deadline, and others wait for the sums no longer. */
const REMOVAL_CHUNK_ROWS = 10_000

/**
 * Removes all submissions of an account in chunks, newest first. Each chunk is one statement that keeps the sums true,
 * so lists and statistics agree at every moment. If it is interrupted, the next call removes the rest.
 *
 * @returns how many there were
 */
export async function removeSubmissionsOf(database: Pick<Database, 'query'>, userId: string): Promise<number> {
  let all = 0
  for (;;) {
    const [row] = await database.query<{ removed: number }>(sql`
      with chunk as (
        select id from submissions where user_id = ${userId} order by created_at desc, id desc limit ${REMOVAL_CHUNK_ROWS}
      ), removed as (delete from submissions s using chunk where s.id = chunk.id returning 1)
      select count(*) as removed from removed`)
    const removed = row?.removed ?? 0
    all += removed
    if (removed < REMOVAL_CHUNK_ROWS) return all
  }
}
