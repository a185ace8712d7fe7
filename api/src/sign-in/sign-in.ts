import { setTimeout as wait } from 'node:timers/promises'
import type { AccountRequest, Registration, Role } from '@jotc/core/api/account'
import type { Details } from '@jotc/core/person'
import { readEmail } from '@jotc/core/person/email'
import { foldName } from '@jotc/core/person/name'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type { Account } from '../auth/accounts.ts'
import { admit, type SignInMode } from '../email/policy.ts'
import type { Failure, Verifier } from '../email/verifier.ts'
import { HttpError } from '../http/errors.ts'
import { audit } from '../observe/log.ts'
import type { Codes, Proven } from './codes.ts'
import {
  EXPIRED_REGISTRATIONS,
  findOrCreate,
  findProven,
  isFirstAccount,
  makeAdmin,
  openRegistration,
  type SignedIn,
  useRegistration,
} from './repository.ts'

export type AdministratorRules = {
  /** Addresses whose accounts are administrators. */
  adminEmails: readonly string[]
  /** Whether the first account of the database is an administrator. */
  firstIsAdmin: boolean
}

/** How long a sign-in by code waits for a verdict; it can go on without. */
const VERDICT_TIMEOUT_MS = 4_000
const NO_VERDICT: Failure = { kind: 'failure', reason: 'unavailable', message: 'timed out', retryAfterS: 0 }

/** Decides by its verdict whether an address may sign in (`admit` in email/policy.ts). */
export async function admitEmail(verifier: Verifier, email: string, mode: SignInMode): Promise<{ checked: boolean }> {
  const verdict = verifier.verdictOf(email)
  if (mode === 'details') return admit(await verdict, mode)
  return admit(await Promise.race([verdict, wait(VERDICT_TIMEOUT_MS, NO_VERDICT, { ref: false })]), mode)
}

/**
 * Signs in with details: an unknown address gets an account, a known one must come with its own details. However many
 * sign in at once, an address has one account, and the database one first account.
 *
 * @throws {HttpError} `details-do-not-match`, which does not tell which detail differs
 */
export function signInByDetails(
  { database, accounts, revocations }: FastifyInstance,
  { adminEmails, firstIsAdmin }: AdministratorRules,
) {
  const roleOf = roleByEmail(adminEmails)

  async function create(details: Details, role: Role): Promise<SignedIn> {
    if (!firstIsAdmin) return await findOrCreate(database.query, details, role, false)
    return await database.transaction(async (query) =>
      findOrCreate(query, details, (await isFirstAccount(query)) ? 'admin' : role, false),
    )
  }

  return async (details: Details, log: FastifyBaseLogger): Promise<Account> => {
    const role = roleOf(details.email)
    const known = await accounts.findByEmail(details.email)
    const signedIn = known ? { account: known, roleBefore: known.role, isChanged: false } : await create(details, role)
    const { account } = signedIn
    if (!isSamePerson(account, details)) {
      throw new HttpError('details-do-not-match', 'These details do not match our records. Check each of them.')
    }
    const isPromoted = role === 'admin' && account.role !== 'admin'
    const settled = isPromoted ? ((await makeAdmin(database.query, account.id)) ?? signedIn) : signedIn
    if (settled.isChanged) await revocations.refresh()
    auditAdministrator(log, settled)
    return settled.account
  }
}

/** Signs in with a proven code: to the account of its address or, if there is none, to a registration. */
export function signInByCode(
  { database, revocations, sweeper }: FastifyInstance,
  codes: Codes,
  { adminEmails, firstIsAdmin }: AdministratorRules,
) {
  const roleOf = roleByEmail(adminEmails)
  sweeper.add(EXPIRED_REGISTRATIONS)

  async function settle(signedIn: SignedIn, log: FastifyBaseLogger): Promise<Account> {
    if (signedIn.isChanged) await revocations.refresh()
    auditAdministrator(log, signedIn)
    return signedIn.account
  }

  return {
    /** @throws {HttpError} `code-over` if another request has used the code */
    async signIn(proven: Proven, log: FastifyBaseLogger): Promise<Account | Registration> {
      const { email } = proven
      const result = await database.transaction(async (query) => {
        await codes.use(query, proven)
        return (await findProven(query, email, roleOf(email))) ?? (await openRegistration(query, email))
      })
      return 'registration' in result ? result : await settle(result, log)
    },

    /**
     * Creates the account of a registration. If it exists by now, signs in to it and keeps its details.
     *
     * @throws {HttpError} `registration-over`
     */
    async register({ registration, ...details }: AccountRequest, log: FastifyBaseLogger): Promise<Account> {
      const signedIn = await database.transaction(async (query) => {
        const email = await useRegistration(query, registration)
        if (email === undefined) throw registrationOver()
        const role = firstIsAdmin && (await isFirstAccount(query)) ? 'admin' : roleOf(email)
        return await findOrCreate(query, { email, ...details }, role, true)
      })
      return await settle(signedIn, log)
    },
  }
}

function registrationOver(): HttpError {
  return new HttpError('registration-over', 'This took too long, or the account exists by now. Sign in again.')
}

/** The role of an address by `ADMIN_EMAILS`. */
function roleByEmail(adminEmails: readonly string[]): (email: string) => Role {
  const admins = adminEmails.map(readEmail).flatMap((email) => ('value' in email ? [email.value] : []))
  return (email) => (admins.includes(email) ? 'admin' : 'user')
}

/** Logs a promotion by the settings: `ADMIN_EMAILS`, or the first account. */
function auditAdministrator(log: FastifyBaseLogger, { account, roleBefore }: SignedIn): void {
  if (account.role !== 'admin' || roleBefore === 'admin') return
  const { id } = account
  audit(log, 'role changed', { by: id, whom: id, from: roleBefore, to: 'admin' })
}

/** Whether the details are the account's own. Names may differ as keyboards write them. */
function isSamePerson(account: Omit<Details, 'email'>, details: Details): boolean {
  return (
    isSameName(account.firstName, details.firstName) &&
    isSameName(account.lastName, details.lastName) &&
    account.birthDate === details.birthDate
  )
}

function isSameName(name: string, other: string): boolean {
  return name === other || foldName(name) === foldName(other)
}
