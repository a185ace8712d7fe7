import { hash, randomBytes, randomUUIDv7 } from 'node:crypto'
import type { Registration, Role } from '@jotc/core/api/account'
import type { Details } from '@jotc/core/person'
import sql, { type Sql } from 'sql-template-tag'
import { ACCOUNT_COLUMNS, type Account } from '../auth/accounts.ts'
import type { Query } from '../database/database.ts'

/** An advisory lock for `isFirstAccount`: any number that nothing else uses. */
const FIRST_ACCOUNT_LOCK = 4_210_001

export type SignedIn = {
  account: Account
  /** Undefined: the account is new. */
  roleBefore: Role | undefined
  /** Whether an existing account was updated. */
  isChanged: boolean
}

/** Finds or creates the account of an address. @param isProven whether a code has proven the address */
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
    // Erased between the two statements: create it again.
  }
}

/**
 * Finds the account of a proven address, marks it as proven, and promotes it if `role` is `admin`. It is only written if
 * something changes, so that workers keep it cached.
 *
 * @returns `undefined` if there is none
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

/** Opens a registration, with which the account of this proven address can be created. Only its hash is stored. */
export async function openRegistration(query: Query, email: string): Promise<Registration> {
  const registration = randomBytes(32).toString('base64url')
  const [row] = await query<{ expiresAt: string }>(sql`
    insert into registrations (hash, email, expires_at)
    values (${hash('sha256', registration, 'buffer')}, ${email}, now() + make_interval(mins => ${REGISTRATION_MINUTES}))
    returning expires_at as "expiresAt"`)
  return { registration, expiresAt: String(row?.expiresAt), email }
}

/** Uses up a registration. @returns the proven address, or `undefined` if it is unknown, used or expired */
export async function useRegistration(query: Query, registration: string): Promise<string | undefined> {
  const [row] = await query<{ email: string }>(sql`
    delete from registrations where hash = ${hash('sha256', registration, 'buffer')} and expires_at > now()
    returning email`)
  return row?.email
}

export const EXPIRED_REGISTRATIONS: Sql = sql`delete from registrations where expires_at < now()`

/** @returns `undefined` if the account was erased in the meantime */
export async function makeAdmin(query: Query, id: string): Promise<SignedIn | undefined> {
  return await written(query, sql`update users set role = 'admin' where id = ${id}`)
}

/** Whether there is no account yet. Holds a lock until the transaction ends, so only one caller is the first. */
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
