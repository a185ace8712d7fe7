import type { User } from '@jotc/core/api/account'
import fp from 'fastify-plugin'
import sql, { type Sql } from 'sql-template-tag'

declare module 'fastify' {
  interface FastifyInstance {
    accounts: Accounts
  }
}

export type Account = User

export type Accounts = {
  /** The account as it is now, or `undefined` when it was erased. */
  find(id: string): Promise<Account | undefined>
}

/** The columns of `users` that make an account. */
export const ACCOUNT_COLUMNS: Sql = sql`id, email, first_name as "firstName", last_name as "lastName",
  birth_date as "birthDate", role, created_at as "createdAt"`

/** The accounts as every resource needs them: to know who asks. */
export const accounts = fp(
  async (api) => {
    api.decorate('accounts', {
      async find(id) {
        const [account] = await api.database.query<Account>(sql`select ${ACCOUNT_COLUMNS} from users where id = ${id}`)
        return account
      },
    })
  },
  { name: 'accounts', dependencies: ['database'] },
)
