import { hash, randomBytes, randomUUIDv7 } from 'node:crypto'
import type { Registration, Role } from '@jotc/core/api/account'
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

/** Finds the account of an address, or makes it. @param isProven whether whoever asks reads its email */
export async function findOrCreate(query: Query, details: Details, role: Role, isProven: boolean): Promise<SignedIn> {
  const { email, firstName, lastName, birthDate } = details
  for (;;) {
    const created = await written(
      query,
      sql`
        insert into users (id, email, first_name, last_name, birth_date, role, email_verified_at)
        values (${randomUUIDv7()}, ${email}, ${firstName}, ${lastName}, ${birthDate}, ${role},
          case when ${isProven} then now() end)
        on conflict (email) do nothing`,
    )
    const signedIn = created ?? (await find(query, email))
    if (signedIn) return signedIn
    // Erased between the two statements: made anew.
  }
}

/**
 * The account of a proven address; `user` takes no role away. What is the same already is not written, so that workers
 * keep the account in memory.
 *
 * @returns `undefined` when there is none
 */
export async function findProven(query: Query, email: string, role: Role): Promise<SignedIn | undefined> {
  const changed = await written(
    query,
    sql`
      update users set
        email_verified_at = coalesce(email_verified_at, now()),
        role = case ${role} when 'admin' then 'admin' else role end
      where email = ${email} and (email_verified_at is null or ${role} = 'admin' and role <> 'admin')`,
  )
  return changed ?? (await find(query, email))
}

const REGISTRATION_MINUTES = 30

/** Has whoever gets the answer make the account of this proven address. Only a hash of `registration` is kept. */
export async function openRegistration(query: Query, email: string): Promise<Registration> {
  const registration = randomBytes(32).toString('base64url')
  const [row] = await query<{ expiresAt: string }>(sql`
    insert into registrations (hash, email, expires_at)
    values (${hash('sha256', registration, 'buffer')}, ${email}, now() + make_interval(mins => ${REGISTRATION_MINUTES}))
    returning expires_at as "expiresAt"`)
  return { registration, expiresAt: String(row?.expiresAt), email }
}

/** Uses up a registration. @returns the proven address, or `undefined` when it is unknown, used or too old */
export async function useRegistration(query: Query, registration: string): Promise<string | undefined> {
  const [row] = await query<{ email: string }>(sql`
    delete from registrations where hash = ${hash('sha256', registration, 'buffer')} and expires_at > now()
    returning email`)
  return row?.email
}

export const EXPIRED_REGISTRATIONS: Sql = sql`delete from registrations where expires_at < now()`

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

async function find(query: Query, email: string): Promise<SignedIn | undefined> {
  const [account] = await query<Account>(sql`select ${ACCOUNT_COLUMNS} from users where email = ${email}`)
  return account && { account, roleBefore: account.role, isChanged: false }
}

async function written(query: Query, statement: Sql): Promise<SignedIn | undefined> {
  const [row] = await query<Account & { roleBefore: Role | null }>(sql`
    ${statement} returning ${ACCOUNT_COLUMNS}, old.role as "roleBefore"`)
  if (!row) return undefined
  const { roleBefore, ...account } = row
  return { account, roleBefore: roleBefore ?? undefined, isChanged: roleBefore !== null }
}
