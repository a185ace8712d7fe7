import type { Details } from '@jotc/core/person'
import type { FastifyInstance } from 'fastify'
import type { Account } from '../auth/accounts.ts'
import { HttpError } from '../http/errors.ts'
import { type AdministratorRules, roleByEmail } from './administrators.ts'
import type { codes, Proven } from './codes.ts'
import { isSamePerson } from './details.ts'
import { signInRepository } from './repository.ts'

/**
 * Signs in by details alone: an unknown address gets an account, a known one must come with its own
 * details. However many sign in at once, an address has one account and a database one first account.
 *
 * @throws {HttpError} in words that do not tell which detail differs
 */
export function signInByDetails(
  { database, accounts, revocations }: FastifyInstance,
  { adminEmails, firstIsAdmin }: AdministratorRules,
) {
  const repository = signInRepository(database)
  const roleOf = roleByEmail(adminEmails)
  const create = firstIsAdmin ? repository.createWithFirstAsAdmin : repository.create

  return async (details: Details): Promise<Account> => {
    const role = roleOf(details.email)
    const account = (await accounts.findByEmail(details.email)) ?? (await create(details, role))
    if (!isSamePerson(account, details)) {
      throw new HttpError('details-do-not-match', 'These details do not match our records. Check each of them.')
    }
    if (role === 'user' || account.role === 'admin') return account
    await repository.makeAdmin(account.id)
    await revocations.refresh()
    return { ...account, role }
  }
}

/**
 * Signs in by a proven code: an unknown address gets an account, a known one the details that the code was asked for
 * with, for whoever reads its mail is its owner and may have changed their name.
 *
 * @throws {HttpError} when the code was used by another request
 */
export function signInByCode(
  { database }: FastifyInstance,
  mailed: ReturnType<typeof codes>,
  { adminEmails, firstIsAdmin }: AdministratorRules,
) {
  const repository = signInRepository(database)
  const roleOf = roleByEmail(adminEmails)

  return async ({ codeId, details }: Proven): Promise<Account> =>
    await database.transaction(async (query) => {
      await mailed.use(query, codeId)
      const isFirst = firstIsAdmin && (await repository.isFirst(query))
      return await repository.createOrUpdate(query, details, isFirst ? 'admin' : roleOf(details.email))
    })
}
