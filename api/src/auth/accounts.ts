import type { User } from '@jotc/core/api/account'
import fp from 'fastify-plugin'
import { LRUCache } from 'lru-cache'
import sql, { type Sql } from 'sql-template-tag'

declare module 'fastify' {
  interface FastifyInstance {
    accounts: Accounts
  }
}

export type Account = User

export type Accounts = {
  /** The account as it was at most a second ago, or `undefined` when it was erased. */
  find(id: string): Promise<Account | undefined>
  /** The same by the address in its stored form. */
  findByEmail(email: string): Promise<Account | undefined>
}

/** The columns of `users` that make an account. */
export const ACCOUNT_COLUMNS: Sql = sql`id, email, first_name as "firstName", last_name as "lastName",
  birth_date as "birthDate", role, created_at as "createdAt"`

const MOST_KEPT = 20_000
/** In milliseconds. Changes are told; this is only for what nobody asks for any more. */
const KEPT_FOR = 60_000

/**
 * The accounts as every resource needs them, to know who asks: kept in this worker's memory until they change
 * (see revocations.ts).
 */
export const accounts = fp(
  async (api) => {
    const kept = new LRUCache<string, Account>({
      max: MOST_KEPT,
      ttl: KEPT_FOR,
      dispose: ({ email }) => idsByEmail.delete(email),
    })
    const idsByEmail = new Map<string, string>()
    let changes = 0
    api.revocations.onAccount((id) => {
      changes++
      kept.delete(id)
    })

    async function read(condition: Sql): Promise<Account | undefined> {
      const before = changes
      const [account] = await api.database.query<Account>(sql`select ${ACCOUNT_COLUMNS} from users where ${condition}`)
      // Changed while it was read: what was read may be what it was before.
      if (!account || changes !== before) return account
      kept.set(account.id, account)
      idsByEmail.set(account.email, account.id)
      return account
    }

    api.decorate('accounts', {
      async find(id) {
        await api.revocations.current()
        return kept.get(id) ?? (await read(sql`id = ${id}`))
      },
      async findByEmail(email) {
        await api.revocations.current()
        return kept.get(idsByEmail.get(email) ?? '') ?? (await read(sql`email = ${email}`))
      },
    })
  },
  { name: 'accounts', dependencies: ['database', 'revocations'] },
)
