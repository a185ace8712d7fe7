import { LIST_DEFAULTS, type SubmissionFilter } from '@jotc/core/api/jotc'
import type { FieldError } from '@jotc/core/api/problem'
import sql, { join, type Sql } from 'sql-template-tag'
import type { Account } from '../auth/accounts.ts'
import { InvalidInput } from '../http/refusals.ts'
import { beginOf, DATE_FAULT, endOf, isTimeZone } from './filter-dates.ts'
import { isSolvable } from './list/order.ts'

/**
 * What is asked of a submission, whoever sent it. One that the database's sums of days do not tell apart must be
 * counted row by row in stats.ts.
 */
export type Conditions = {
  /** An instant in ISO 8601. */
  begin?: string | undefined
  /** Excluded. */
  end?: string | undefined
  solvable?: boolean | undefined
}

/** What a person asks for, resolved. */
export type Filter = Conditions & {
  /** Only this account's; everybody's when undefined. */
  userId?: string | undefined
  /** A part of the owner's address. */
  email?: string | undefined
  /** IANA name of the zone in which days are counted. */
  timeZone: string
}

/**
 * Resolves the filter of a query for the account that asks.
 *
 * @throws {InvalidInput} naming each date or zone that is none
 */
export function readFilter(query: SubmissionFilter, account: Account): Filter {
  const errors: FieldError[] = []
  const isKnown = isTimeZone(query.timeZone ?? LIST_DEFAULTS.timeZone)
  if (!isKnown) errors.push({ field: 'timeZone', message: '“timeZone” must be an IANA name, such as Europe/Berlin.' })
  const timeZone = (isKnown && query.timeZone) || LIST_DEFAULTS.timeZone

  const instant = (field: 'dateBegin' | 'dateEnd', read: typeof beginOf) => {
    const text = query[field]
    if (text === undefined) return undefined
    const bound = read(text, timeZone)
    if (bound === undefined) errors.push({ field, message: DATE_FAULT })
    return bound
  }
  const filter = {
    userId: ownerSeenBy(account),
    email: query.email,
    begin: instant('dateBegin', beginOf),
    end: instant('dateEnd', endOf),
    solvable: query.solvable,
    timeZone,
  }
  if (errors.length > 0) throw new InvalidInput(errors)
  return filter
}

/** Whose submissions an account sees: its own alone, or everybody's (undefined) for an administrator. */
export function ownerSeenBy({ role, id }: Account): string | undefined {
  return role === 'admin' ? undefined : id
}

/** The condition on `submissions s` that this account sent it, or anybody when undefined. */
export function sentBy(userId: string | undefined): Sql {
  return userId === undefined ? sql`true` : sql`s.user_id = ${userId}`
}

/** The conditions, as SQL on `submissions s`. */
export function matches({ begin, end, solvable }: Conditions): Sql {
  const conditions = [sql`true`]
  if (begin !== undefined) conditions.push(sql`s.created_at >= ${begin}`)
  if (end !== undefined) conditions.push(sql`s.created_at < ${end}`)
  if (solvable !== undefined) conditions.push(isSolvable(solvable))
  return join(conditions, ' and ')
}

/** The condition on `users u` that the address contains this, in any case; `%`, `_` and `\` are just characters. */
export function emailContains(part: string): Sql {
  return sql`u.email like ${`%${part.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`}`
}
