import type { User } from '@jotc/core/api/account'
import fp from 'fastify-plugin'
import sql, { type Sql } from 'sql-template-tag'
import { cacheOf } from '../cache.ts'
import type { Database, Query } from '../database/database.ts'
import { HttpError } from '../http/errors.ts'

declare module 'fastify' {
  interface FastifyInstance {
    accounts: Accounts
  }
}

export type Account = User & {
  /** In milliseconds since 1970: signed tokens issued before are refused. 0 where nobody signed out everywhere. */
  signedOutAtMs: number
}

export type Accounts = {
  /** The account as it was at most a second ago, or `undefined` when it was erased. */
  find(id: string): Promise<Account | undefined>
  /** The same by the address in its stored form. */
  findByEmail(email: string): Promise<Account | undefined>
}

/** The columns of `users` that make an account. */
export const ACCOUNT_COLUMNS: Sql = sql`id, email, first_name as "firstName", last_name as "lastName",
  birth_date as "birthDate", role, created_at as "createdAt",
  coalesce(extract(epoch from signed_out_at) * 1000, 0)::float8 as "signedOutAtMs"`

const MAX_CACHED_ACCOUNTS = 20_000
/** Changes are announced; this only frees the memory of accounts that nobody uses. */
const CACHE_TTL_MS = 60_000

/**
 * The accounts as every resource needs them, to know who sends a request: cached in this worker's memory until they
 * change (revocations.ts).
 */
export const accounts = fp(
  async (api) => {
    const cache = cacheOf<string, Account>(MAX_CACHED_ACCOUNTS, {
      ttl: CACHE_TTL_MS,
      // Else the cache looks at the clock, and starts a timer, every millisecond.
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
      // Changed while it was read: the row may be the old one.
      if (!account || changes !== changesBefore) return account
      cache.set(account.id, account)
      idsByEmail.set(account.email, account.id)
      return account
    }

    api.decorate('accounts', {
      async find(id) {
        await api.revocations.current()
        return cache.get(id) ?? (await read(sql`id = ${id}`))
      },
      async findByEmail(email) {
        await api.revocations.current()
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
 * Whether this account alone is an administrator. All administrators are locked until the transaction ends: when
 * several give up or take away the role at the same moment, each sees what the one before has left.
 */
export async function isOnlyAdministrator(query: Query, id: string): Promise<boolean> {
  // In one order for all, so that no two transactions wait for each other.
  const administrators = await query<{ id: string }>(sql`
    select id from users where role = 'admin' order by id for update`)
  return administrators.length === 1 && administrators[0]?.id === id
}

/** A statement removes so many in about a second, far below its deadline, and holds up the sums of nobody for longer. */
const REMOVED_AT_ONCE = 10_000

/**
 * Removes all submissions of an account in pieces, newest first: each is a statement that keeps the sums true, so that
 * lists and statistics agree at every moment. Stopped on the way, the rest is removed when it is asked for again.
 *
 * @returns how many there were
 */
export async function removeSubmissionsOf(database: Pick<Database, 'query'>, userId: string): Promise<number> {
  let all = 0
  for (;;) {
    const [row] = await database.query<{ removed: number }>(sql`
      with piece as (
        select id from submissions where user_id = ${userId} order by created_at desc, id desc limit ${REMOVED_AT_ONCE}
      ), removed as (delete from submissions s using piece where s.id = piece.id returning 1)
      select count(*) as removed from removed`)
    const removed = row?.removed ?? 0
    all += removed
    if (removed < REMOVED_AT_ONCE) return all
  }
}
