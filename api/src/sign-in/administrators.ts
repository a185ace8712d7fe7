import type { Role } from '@jotc/core/api/account'
import { readEmail } from '@jotc/core/person/email'

export type AdministratorRules = {
  /** Addresses whose accounts are administrators. */
  adminEmails: readonly string[]
  /** Whether the first account of the database is an administrator. */
  firstIsAdmin: boolean
}

/** The role that an address gives by itself. */
export function roleByEmail(adminEmails: readonly string[]): (email: string) => Role {
  const admins = adminEmails.map(readEmail).flatMap((email) => ('value' in email ? [email.value] : []))
  return (email) => (admins.includes(email) ? 'admin' : 'user')
}
