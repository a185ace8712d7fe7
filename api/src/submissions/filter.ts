import { LIST_DEFAULTS, type SubmissionFilter } from '@jotc/core/api/jotc'
import type { FieldError } from '@jotc/core/api/problem'
import { LONGEST_RECORDED_BOARD } from '@jotc/core/board'
import { emailPart } from '@jotc/core/person/email'
import sql, { join, type Sql } from 'sql-template-tag'
import type { Account } from '../auth/accounts.ts'
import { containing } from '../database/database.ts'
import { invalidInput } from '../http/errors.ts'

/** Conditions on a submission, whoever sent it. */
export type Conditions = {
  /** An instant in ISO 8601. */
  begin?: string | undefined
  /** The same, excluded. */
  end?: string | undefined
  /** True if there is a `total`: blocked boards have no jumps. */
  solvable?: boolean | undefined
  /** Clouds. */
  size?: Range | undefined
  /** Jumps. */
  total?: Range | undefined
}

/** Both ends included. */
export type Range = { min: number; max: number }

/** The filter of a query, resolved for the account that asks. */
export type Filter = Conditions & {
  /** Undefined: everybody's. */
  userId?: string | undefined
  /** Any part of the owner's address. */
  email?: string | undefined
  /** The zone that defines days, by its IANA name. */
  timeZone: string
}

/** The jumps of `submissions s`, with blocked boards above all others. An index has this expression (db/migrations/018). */
export const JUMPS: Sql = sql`coalesce(s.total, 10000)`

/** Years that a filter may name. The constraint `submissions_created_at` admits no others. */
const YEAR = '(?:19|2\\d)\\d\\d'
const DATE = new RegExp(`^${YEAR}-\\d\\d-\\d\\d$`)
const DATE_TIME = new RegExp(`^${YEAR}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,6})?)?(Z|[+-]\\d\\d:\\d\\d)?$`)
const DATE_HINT = 'Use a date (2026-03-31) or date-time (2026-03-31T10:00:00Z) from 1900 to 2999. Encode + as %2B.'

/**
 * Resolves the filter of a query for the account that asks. A date is that whole day in `timeZone`, even if it has 23 or
 * 25 hours; a date-time without an offset is local time in `timeZone`.
 *
 * @throws {HttpError} naming each date or time zone that does not exist, and each condition that no board can meet
 */
export function readFilter(query: SubmissionFilter, account: Account): Filter {
  const errors: FieldError[] = []
  const isKnown = isTimeZone(query.timeZone ?? LIST_DEFAULTS.timeZone)
  if (!isKnown) errors.push({ field: 'timeZone', message: '“timeZone” must be an IANA name, such as Europe/Berlin.' })
  const timeZone = (isKnown && query.timeZone) || LIST_DEFAULTS.timeZone

  const instant = (field: 'dateBegin' | 'dateEnd', daysToAdd: number) => {
    const text = query[field]
    if (text === undefined) return undefined
    const bound = instantOf(text, timeZone, daysToAdd)
    if (bound === undefined) errors.push({ field, message: DATE_HINT })
    return bound
  }
  const range = (name: 'Size' | 'Total', least: number, most: number) => {
    const { [`min${name}` as const]: min, [`max${name}` as const]: max } = query
    if (min === undefined && max === undefined) return undefined
    const asked = { min: min ?? least, max: max ?? most }
    if (asked.min > asked.max) errors.push({ field: `max${name}`, message: `“max${name}” is below “min${name}”.` })
    return asked
  }
  const total = range('Total', 0, LONGEST_RECORDED_BOARD - 1)
  if (total && query.solvable === false) {
    errors.push({ field: 'solvable', message: 'A blocked board has no jumps. Leave out “minTotal” and “maxTotal”.' })
  }
  const filter = {
    userId: ownerSeenBy(account),
    email: query.email,
    begin: instant('dateBegin', 0),
    // The whole day is included: the span ends where the next day begins.
    end: instant('dateEnd', 1),
    solvable: total ? true : query.solvable,
    ...narrow(range('Size', 1, LONGEST_RECORDED_BOARD), total),
    timeZone,
  }
  if (errors.length > 0) throw invalidInput(errors)
  return filter
}

/** Narrows each range to what the other one allows, so that the index of either skips few rows. */
function narrow(size: Range | undefined, total: Range | undefined): Pick<Conditions, 'size' | 'total'> {
  if (!size || !total) return { size, total }
  return { size: overlap(size, sizesOf(total)), total: overlap(total, totalsOf(size)) }
}

/**
 * The sizes of boards that take so many jumps. At best every jump covers two clouds. On a shortest route a jump of one
 * comes right before a thunderhead, which the next jump clears, or last; so three clouds take at most two jumps.
 */
export function sizesOf({ min, max }: Range): Range {
  return { min: Math.ceil((3 * min + 1) / 2), max: 2 * max + 1 }
}

/** The jumps that boards of these sizes take. */
export function totalsOf({ min, max }: Range): Range {
  return { min: min >> 1, max: Math.floor((2 * max - 1) / 3) }
}

function overlap(one: Range, other: Range): Range {
  return { min: Math.max(one.min, other.min), max: Math.min(one.max, other.max) }
}

/** Whose submissions an account sees: its own or, for an administrator, everybody's (undefined). */
export function ownerSeenBy({ role, id }: Account): string | undefined {
  return role === 'admin' ? undefined : id
}

/** The condition on `submissions s` that this account sent it. @param userId undefined: any account */
export function sentBy(userId: string | undefined): Sql {
  return userId === undefined ? sql`true` : sql`s.user_id = ${userId}`
}

/** The conditions as SQL on `submissions s`. */
export function matches({ begin, end, solvable, size, total }: Conditions): Sql {
  const conditions = [sql`true`]
  if (begin !== undefined) conditions.push(sql`s.created_at >= ${begin}`)
  if (end !== undefined) conditions.push(sql`s.created_at < ${end}`)
  if (size) conditions.push(inRange(sql`s.size`, size))
  if (total) conditions.push(inRange(JUMPS, total))
  else if (solvable !== undefined) conditions.push(size ? isSolvable(solvable) : isSolvableByJumps(solvable))
  return join(conditions, ' and ')
}

/** Selects one of the two partial indexes by size. */
function isSolvable(solvable: boolean): Sql {
  return solvable ? sql`s.total is not null` : sql`s.total is null`
}

/** Selects a range of the index by jumps. */
function isSolvableByJumps(solvable: boolean): Sql {
  return solvable ? sql`${JUMPS} < 10000` : sql`${JUMPS} = 10000`
}

export function inRange(column: Sql, { min, max }: Range): Sql {
  return sql`${column} between ${min} and ${max}`
}

/** The condition on `users u` that the address contains this text, in any spelling. */
export function emailContains(part: string): Sql {
  return sql`u.email like ${containing(emailPart(part))}`
}

/** Whether `name` is an IANA time zone that Temporal knows. Offsets such as +02:00 are not. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][\w/+-]*$/.test(name)) return false
  return orUndefined(() => Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name)) !== undefined
}

/** @returns the instant in ISO 8601, or `undefined` if `text` is no date */
function instantOf(text: string, timeZone: string, daysToAdd: number): string | undefined {
  return orUndefined(() => {
    if (DATE.test(text)) {
      return Temporal.PlainDate.from(text).add({ days: daysToAdd }).toZonedDateTime(timeZone).toInstant().toString()
    }
    const dateTime = DATE_TIME.exec(text)
    if (!dateTime) return undefined
    if (dateTime[1] !== undefined) return Temporal.Instant.from(text).toString()
    return Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone).toInstant().toString()
  })
}

/** Whether a text is an instant exactly as the service writes it. */
export function isInstant(text: string): boolean {
  if (!/^(?!0000)\d{4}-/.test(text)) return false
  return text === orUndefined(() => Temporal.Instant.from(text).toString({ smallestUnit: 'millisecond' }))
}

/** Temporal throws a RangeError for days and zones that do not exist. */
function orUndefined<Value>(read: () => Value): Value | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
