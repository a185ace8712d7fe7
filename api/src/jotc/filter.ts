import { LIST_DEFAULTS, type SubmissionFilter } from '@jotc/core/api/jotc'
import type { FieldError } from '@jotc/core/api/problem'
import sql, { join, type Sql } from 'sql-template-tag'
import type { Account } from '../plugins/accounts.ts'
import { InvalidInput } from '../plugins/refusals.ts'
import { isSolvable } from './order.ts'
import { beginOf, DATE_FAULT, endOf, isTimeZone } from './time.ts'

/** What a person asks for, resolved: whose submissions may be seen, and instants in ISO 8601. */
export type Filter = {
  /** Only this account's; everybody's when undefined. */
  userId?: string | undefined
  email?: string | undefined
  begin?: string | undefined
  /** Excluded. */
  end?: string | undefined
  solvable?: boolean | undefined
  /** IANA name of the zone in which days are counted. */
  timeZone: string
}

/**
 * Resolves the filter of a query for the account that asks: its own submissions, or everybody's for an
 * administrator.
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
    userId: account.role === 'admin' ? undefined : account.id,
    email: query.email,
    begin: instant('dateBegin', beginOf),
    end: instant('dateEnd', endOf),
    solvable: query.solvable,
    timeZone,
  }
  if (errors.length > 0) throw new InvalidInput(errors)
  return filter
}

/** The condition on `submissions s` that a row of the filter meets, whoever sent it. */
export function narrows({ begin, end, solvable }: Pick<Filter, 'begin' | 'end' | 'solvable'>): Sql {
  const conditions = [sql`true`]
  if (begin !== undefined) conditions.push(sql`s.created_at >= ${begin}`)
  if (end !== undefined) conditions.push(sql`s.created_at < ${end}`)
  if (solvable !== undefined) conditions.push(isSolvable(solvable))
  return join(conditions, ' and ')
}

/** The condition on `users u` that the address has this part, in any case; `%`, `_` and `\` are just characters. */
export function hasPart(email: string): Sql {
  return sql`u.email like ${`%${email.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`}`
}
