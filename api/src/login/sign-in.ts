import type { Details } from '@jotc/core/person'
import { readEmail } from '@jotc/core/person/email'
import type { Account } from '../plugins/accounts.ts'
import type { Database } from '../plugins/database.ts'
import { Unauthorized } from '../plugins/refusals.ts'
import { isSamePerson } from './details.ts'
import { signInRepository } from './repository.ts'

export type SignInRules = {
  /** Addresses whose accounts are administrators. */
  adminEmails: readonly string[]
  /** Whether the first account of the database is an administrator. */
  firstIsAdmin: boolean
}

/**
 * Signs in by details alone: an unknown address gets an account, a known one must come with its own
 * details. However many sign in at once, an address has one account and a database one first account.
 *
 * @throws {Unauthorized} in words that do not tell which detail differs
 */
export function signInByDetails(database: Database, { adminEmails, firstIsAdmin }: SignInRules) {
  const repository = signInRepository(database)
  const admins = adminEmails.map(readEmail).flatMap((email) => ('value' in email ? [email.value] : []))
  const create = firstIsAdmin ? repository.createWithFirstAsAdmin : repository.create

  return async (details: Details): Promise<Account> => {
    const isAdmin = admins.includes(details.email)
    const account = (await repository.find(details.email)) ?? (await create(details, isAdmin ? 'admin' : 'user'))
    if (!isSamePerson(account, details)) throw new Unauthorized('These details do not go together. Check each of them.')
    if (!isAdmin || account.role === 'admin') return account
    await repository.makeAdmin(account.id)
    return { ...account, role: 'admin' }
  }
}
