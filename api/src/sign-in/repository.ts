import { randomUUIDv7 } from 'node:crypto'
import type { Role } from '@jotc/core/api/account'
import type { Details } from '@jotc/core/person'
import sql, { type Sql } from 'sql-template-tag'
import { ACCOUNT_COLUMNS, type Account } from '../auth/accounts.ts'
import type { Query } from '../database/database.ts'

/** Guards the question “is this the first account?” (an advisory lock; any number that nothing else uses). */
const FIRST_ACCOUNT_LOCK = 4_210_001

/** An account, and the role it had before the sign-in: none where the account is new. */
export type SignedIn = {
  account: Account
  roleBefore: Role | undefined
  /** Whether an existing account was written. */
  isChanged: boolean
}

/** Finds the account of an address, or makes it. */
export async function findOrCreate(query: Query, details: Details, role: Role): Promise<SignedIn> {
  const { email, firstName, lastName, birthDate } = details
  return await insertOrFind(
    query,
    email,
    sql`
      insert into users (id, email, first_name, last_name, birth_date, role)
      values (${randomUUIDv7()}, ${email}, ${firstName}, ${lastName}, ${birthDate}, ${role})
      on conflict (email) do nothing`,
  )
}

/**
 * Makes the account of a proven address, or gives it these details; `user` takes no role away. What is the same
 * already is not written, so that workers keep the account in memory.
 */
export async function createOrUpdate(query: Query, details: Details, role: Role): Promise<SignedIn> {
  const { email, firstName, lastName, birthDate } = details
  return await insertOrFind(
    query,
    email,
    sql`
      insert into users as known (id, email, first_name, last_name, birth_date, role, email_verified_at)
      values (${randomUUIDv7()}, ${email}, ${firstName}, ${lastName}, ${birthDate}, ${role}, now())
      on conflict (email) do update set
        first_name = excluded.first_name,
        last_name = excluded.last_name,
        birth_date = excluded.birth_date,
        role = case excluded.role when 'admin' then 'admin' else known.role end,
        email_verified_at = coalesce(known.email_verified_at, excluded.email_verified_at)
      where known.email_verified_at is null
        or excluded.role = 'admin' and known.role <> 'admin'
        or (known.first_name, known.last_name, known.birth_date)
          is distinct from (excluded.first_name, excluded.last_name, excluded.birth_date)`,
  )
}

/** @returns `undefined` when the account was erased in the meantime */
export async function makeAdmin(query: Query, id: string): Promise<SignedIn | undefined> {
  return await written(query, sql`update users set role = 'admin' where id = ${id}`)
}

/** Whether there is no account yet. Until the transaction ends, nobody else makes one by this question. */
export async function isFirstAccount(query: Query): Promise<boolean> {
  await query(sql`select pg_advisory_xact_lock(${FIRST_ACCOUNT_LOCK})`)
  const [users] = await query<{ none: boolean }>(sql`select not exists (select from users) as none`)
  return users?.none === true
}

/** @param insert writes no row where the account is there, and nothing is to be changed */
async function insertOrFind(query: Query, email: string, insert: Sql): Promise<SignedIn> {
  for (;;) {
    const signedIn = await written(query, insert)
    if (signedIn) return signedIn
    const [account] = await query<Account>(sql`select ${ACCOUNT_COLUMNS} from users where email = ${email}`)
    if (account) return { account, roleBefore: account.role, isChanged: false }
    // Erased between the two statements: made anew.
  }
}

async function written(query: Query, statement: Sql): Promise<SignedIn | undefined> {
  const [row] = await query<Account & { roleBefore: Role | null }>(sql`
    ${statement} returning ${ACCOUNT_COLUMNS}, old.role as "roleBefore"`)
  if (!row) return undefined
  const { roleBefore, ...account } = row
  return { account, roleBefore: roleBefore ?? undefined, isChanged: roleBefore !== null }
}
