import { LIST_DEFAULTS, type SubmissionFilter } from '@jotc/core/api/jotc'
import type { FieldError } from '@jotc/core/api/problem'
import { LONGEST_RECORDED_BOARD } from '@jotc/core/board'
import { emailPart } from '@jotc/core/person/email'
import sql, { join, type Sql } from 'sql-template-tag'
import type { Account } from '../auth/accounts.ts'
import { containing } from '../database/database.ts'
import { invalidInput } from '../http/errors.ts'

/** What is asked of a submission, whoever sent it. */
export type Conditions = {
  /** An instant in ISO 8601. */
  begin?: string | undefined
  /** Excluded. */
  end?: string | undefined
  /** True where jumps are asked for: a blocked board has none. */
  solvable?: boolean | undefined
  /** How many clouds. */
  size?: Range | undefined
  /** How many jumps. */
  total?: Range | undefined
}

/** Both included. */
export type Range = { min: number; max: number }

/** The filter of a query, resolved for the account that asks. */
export type Filter = Conditions & {
  /** Only this account's; everybody's when undefined. */
  userId?: string | undefined
  /** Any part of the owner's address. */
  email?: string | undefined
  /** IANA name of the zone in which days are counted. */
  timeZone: string
}

/** The jumps by which rows of `submissions s` are sorted and told solvable; db/migrations/007 indexes this expression. */
export const JUMPS: Sql = sql`coalesce(s.total, 10000)`

/** The years that a filter may name; `submissions_created_at` (db/migrations/009) holds every row to them. */
const YEAR = '(?:19|2\\d)\\d\\d'
const DATE = new RegExp(`^${YEAR}-\\d\\d-\\d\\d$`)
const DATE_TIME = new RegExp(`^${YEAR}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,6})?)?(Z|[+-]\\d\\d:\\d\\d)?$`)
const DATE_HINT = 'Use a date (2026-03-31) or date-time (2026-03-31T10:00:00Z) from 1900 to 2999. Encode + as %2B.'

/**
 * Resolves the filter of a query for the account that asks. A date is that whole day in `timeZone`, be it of 23 or 25
 * hours; a date-time without an offset is by the clocks of `timeZone`.
 *
 * @throws {HttpError} naming each date and time zone that does not exist, and what no board could match
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
    // A date is included as a whole: the span ends where the next day begins.
    end: instant('dateEnd', 1),
    solvable: total ? true : query.solvable,
    ...narrowed(range('Size', 1, LONGEST_RECORDED_BOARD), total),
    timeZone,
  }
  if (errors.length > 0) throw invalidInput(errors)
  return filter
}

/** Each range as the other one leaves it: an index of either finds few others. */
function narrowed(size: Range | undefined, total: Range | undefined): Pick<Conditions, 'size' | 'total'> {
  if (!size || !total) return { size, total }
  return { size: overlap(size, sizesOf(total)), total: overlap(total, totalsOf(size)) }
}

/**
 * The sizes that boards of so many jumps can have. Nobody crosses faster than by twos; and a jump of one stands before a
 * thunderhead, over which the next one goes, or is the last: so three clouds take two jumps at most.
 */
export function sizesOf({ min, max }: Range): Range {
  return { min: Math.ceil((3 * min + 1) / 2), max: 2 * max + 1 }
}

/** The jumps that boards of these sizes can take. */
export function totalsOf({ min, max }: Range): Range {
  return { min: min >> 1, max: Math.floor((2 * max - 1) / 3) }
}

function overlap(one: Range, other: Range): Range {
  return { min: Math.max(one.min, other.min), max: Math.min(one.max, other.max) }
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
export function matches({ begin, end, solvable, size, total }: Conditions): Sql {
  const conditions = [sql`true`]
  if (begin !== undefined) conditions.push(sql`s.created_at >= ${begin}`)
  if (end !== undefined) conditions.push(sql`s.created_at < ${end}`)
  if (size) conditions.push(within(sql`s.size`, size))
  if (total) conditions.push(within(JUMPS, total))
  else if (solvable !== undefined) conditions.push(size ? kindOf(solvable) : jumpsOf(solvable))
  return join(conditions, ' and ')
}

/** Of whom there are two indexes by size. */
function kindOf(solvable: boolean): Sql {
  return solvable ? sql`s.total is not null` : sql`s.total is null`
}

function jumpsOf(solvable: boolean): Sql {
  return solvable ? sql`${JUMPS} < 10000` : sql`${JUMPS} = 10000`
}

export function within(column: Sql, { min, max }: Range): Sql {
  return sql`${column} between ${min} and ${max}`
}

/** The condition on `users u` that the address contains this, however it is written. */
export function emailContains(part: string): Sql {
  return sql`u.email like ${containing(emailPart(part))}`
}

/** Whether `name` is an IANA time zone that Temporal knows; offsets such as +02:00 are none. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][\w/+-]*$/.test(name)) return false
  return orUndefined(() => Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name)) !== undefined
}

/** @returns the instant in ISO 8601, or `undefined` when `text` is no date */
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

/** Whether a text is an instant in the form in which the service writes them, which the database can read. */
export function isInstant(text: string): boolean {
  if (!/^(?!0000)\d{4}-/.test(text)) return false
  return text === orUndefined(() => Temporal.Instant.from(text).toString({ smallestUnit: 'millisecond' }))
}

/** Temporal says “no such day” and “no such zone” by a RangeError. */
function orUndefined<Value>(read: () => Value): Value | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
