import { randomUUIDv7 } from 'node:crypto'
import type { Role } from '@jotc/core/api/account'
import type { Details } from '@jotc/core/person'
import sql from 'sql-template-tag'
import { ACCOUNT_COLUMNS, type Account } from '../plugins/accounts.ts'
import type { Database, Query } from '../plugins/database.ts'

/** Guards the question “is this the first account?” (an advisory lock; any number that nothing else uses). */
const FIRST_ACCOUNT_LOCK = 4_210_001

/** Finds and makes accounts for those who sign in. */
export function signInRepository(database: Database) {
  const byEmail = async (query: Query, email: string) => {
    const [account] = await query<Account>(sql`select ${ACCOUNT_COLUMNS} from users where email = ${email}`)
    return account
  }

  return {
    find: (email: string) => byEmail(database.query, email),

    /** Makes the account, or finds the one that somebody made for this address at the same moment. */
    async create(details: Details, role: Role): Promise<Account> {
      return (
        (await insert(database.query, details, role)) ?? ((await byEmail(database.query, details.email)) as Account)
      )
    },

    /** As `create`; the first account of the database becomes the administrator. */
    async createWithFirstAsAdmin(details: Details, role: Role): Promise<Account> {
      return await database.transaction(async (query) => {
        await query(sql`select pg_advisory_xact_lock(${FIRST_ACCOUNT_LOCK})`)
        const [first] = await query<{ isFirst: boolean }>(sql`select not exists (select from users) as "isFirst"`)
        const account = await insert(query, details, first?.isFirst ? 'admin' : role)
        return account ?? ((await byEmail(query, details.email)) as Account)
      })
    },

    async makeAdmin(id: string): Promise<void> {
      await database.query(sql`update users set role = 'admin' where id = ${id}`)
    },
  }
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
