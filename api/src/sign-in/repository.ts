import { randomUUIDv7 } from 'node:crypto'
import type { Role } from '@jotc/core/api/account'
import type { Details } from '@jotc/core/person'
import sql from 'sql-template-tag'
import { ACCOUNT_COLUMNS, type Account } from '../auth/accounts.ts'
import type { Database, Query } from '../database/database.ts'

/** Guards the question “is this the first account?” (an advisory lock; any number that nothing else uses). */
const FIRST_ACCOUNT_LOCK = 4_210_001

/** Finds and makes accounts for those who sign in. */
export function signInRepository(database: Database) {
  const byEmail = async (query: Query, email: string) => {
    const [account] = await query<Account>(sql`select ${ACCOUNT_COLUMNS} from users where email = ${email}`)
    return account
  }

  return {
    /** Makes the account, or finds the one that somebody made for this address at the same moment. */
    async create(details: Details, role: Role): Promise<Account> {
      return (
        (await insert(database.query, details, role)) ?? ((await byEmail(database.query, details.email)) as Account)
      )
    },

    /** As `create`; the first account of the database becomes the administrator. */
    async createWithFirstAsAdmin(details: Details, role: Role): Promise<Account> {
      return await database.transaction(async (query) => {
        const account = await insert(query, details, (await isFirst(query)) ? 'admin' : role)
        return account ?? ((await byEmail(query, details.email)) as Account)
      })
    },

    isFirst,

    /** Makes the account of a proven address, or gives it these details; `user` takes no role away. */
    async createOrUpdate(query: Query, details: Details, role: Role): Promise<Account> {
      const { email, firstName, lastName, birthDate } = details
      const [account] = await query<Account>(sql`
        insert into users (id, email, first_name, last_name, birth_date, role, email_verified_at)
        values (${randomUUIDv7()}, ${email}, ${firstName}, ${lastName}, ${birthDate}, ${role}, now())
        on conflict (email) do update set
          first_name = excluded.first_name,
          last_name = excluded.last_name,
          birth_date = excluded.birth_date,
          role = case excluded.role when 'admin' then 'admin' else users.role end,
          email_verified_at = coalesce(users.email_verified_at, excluded.email_verified_at)
        returning ${ACCOUNT_COLUMNS}`)
      return account as Account
    },

    async makeAdmin(id: string): Promise<void> {
      await database.query(sql`update users set role = 'admin' where id = ${id}`)
    },
  }
}

/** Whether there is no account yet. Until the transaction ends, nobody else makes one by this question. */
async function isFirst(query: Query): Promise<boolean> {
  await query(sql`select pg_advisory_xact_lock(${FIRST_ACCOUNT_LOCK})`)
  const [users] = await query<{ none: boolean }>(sql`select not exists (select from users) as none`)
  return users?.none === true
}

async function insert(query: Query, details: Details, role: Role): Promise<Account | undefined> {
  const { email, firstName, lastName, birthDate } = details
  const [account] = await query<Account>(sql`
    insert into users (id, email, first_name, last_name, birth_date, role)
    values (${randomUUIDv7()}, ${email}, ${firstName}, ${lastName}, ${birthDate}, ${role})
    on conflict (email) do nothing
    returning ${ACCOUNT_COLUMNS}`)
  return account
}
