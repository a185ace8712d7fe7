import sql, { type Sql } from 'sql-template-tag'
import type { Query } from '../../database/database.ts'
import { type Conditions, emailContains, matches } from '../filter.ts'
import type { AccountScope } from '../list/account-scope.ts'
import { allRows } from '../list/queries.ts'

/** What is counted, as statements: rows, and the sums that the database keeps of all others. */
export type Source = {
  /** Selects `user_id, created_at, size, total`. */
  rows: Sql
  sums?: {
    /** Selects `moment, solvable, blocked`. */
    quarters?: Sql
    /** Selects `size, solvable, blocked`. */
    sizes?: Sql
    /** Selects `total, submissions`. */
    totals?: Sql
    /** Selects `user_id, submissions`. */
    accounts?: Sql
  }
}

/** From an instant on, until another. */
export type Span = { begin: Temporal.Instant; end: Temporal.Instant }

type Sources = {
  byTime: Source
  byAccount: Source
  /** Everything that is counted is in it. */
  span: Span
}

/** How a span is made up of days or months that are summed up, and of time that must be read row by row. */
type Parts = {
  /**
   * UTC dates, `end` excluded; both the same if nothing is summed up. The last day or month may be summed up only in
   * part: then `rest` begins where its sums end.
   */
  summed: { begin: string; end: string }
  rest: Span[]
}

const COLUMNS = sql`s.user_id, s.created_at, s.size, s.total`
/** `submissions_created_at` (db/migrations/009) holds every row to these years. */
const EVER: Span = {
  begin: Temporal.Instant.from('1900-01-01T00:00Z'),
  end: Temporal.Instant.from('3000-01-01T00:00Z'),
}

/**
 * Where the submissions of a filter are counted.
 *
 * @param query of a transaction with one snapshot, in which they are counted too
 */
export async function sourcesOf(query: Query, scope: AccountScope, filter: Conditions): Promise<Sources> {
  const [row] = await query<{ until: string; first: string | null; last: string | null }>(sql`
    select summed_until as until,
      (select min(created_at) from submissions) as first, (select max(created_at) from submissions) as last
    from submission_sums`)
  if (!row) throw new Error('submission_sums has lost its row: call recount_submission_sums()')
  const asked = {
    begin: filter.begin === undefined ? EVER.begin : Temporal.Instant.from(filter.begin),
    end: filter.end === undefined ? EVER.end : Temporal.Instant.from(filter.end),
  }
  const filled = {
    begin: Temporal.Instant.from(row.first ?? EVER.begin),
    end: Temporal.Instant.from(row.last ?? EVER.begin),
  }
  const span = { begin: later(asked.begin, filled.begin), end: earlier(asked.end, filled.end.add({ milliseconds: 1 })) }

  // Sums tell neither the days nor the accounts of a range of sizes or jumps.
  if (scope.kind !== 'everybody' || (filter.size ?? filter.total) !== undefined) {
    const source = { rows: rowsOf(scope, filter) }
    return { byTime: source, byAccount: source, span }
  }
  const until = Temporal.Instant.from(row.until)
  const days = partsOf(asked, 'days', until)
  const isAllSummed = filter.begin === undefined && !isBefore(asked.end, until)
  return {
    byTime: sourceByTime(days, filter),
    byAccount: isAllSummed
      ? sourceByAccount(sql`submission_accounts`, days.rest, filter)
      : sourceByMonth(partsOf(asked, 'months', until), filter),
    span,
  }
}

function rowsOf(scope: AccountScope, filter: Conditions): Sql {
  if (scope.kind === 'everybody') return allRows(COLUMNS, filter)
  if (scope.kind === 'accounts') {
    return sql`
      select ${COLUMNS} from submissions s where s.user_id = any(${scope.userIds}::uuid[]) and ${matches(filter)}`
  }
  return sql`
    select ${COLUMNS} from submissions s join users u on u.id = s.user_id
    where ${emailContains(scope.part)} and ${matches(filter)}`
}

function sourceByTime({ summed, rest }: Parts, { solvable }: Conditions): Source {
  const wanted = wantedCounts(solvable)
  const inDays = sql`day >= ${summed.begin} and day < ${summed.end}`
  return {
    rows: rowsIn(rest, solvable),
    sums: {
      quarters: sql`select quarter as moment, ${wanted.solvable} as solvable, ${wanted.blocked} as blocked
        from submission_quarters where quarter >= start_of(${summed.begin}) and quarter < start_of(${summed.end})`,
      sizes: sql`select size, ${wanted.solvable} as solvable, ${wanted.blocked} as blocked
        from submission_sizes where ${inDays}`,
      totals: sql`select total, submissions from submission_totals where ${solvable !== false} and ${inDays}`,
    },
  }
}

function sourceByMonth({ summed, rest }: Parts, conditions: Conditions): Source {
  const months = sql`submission_months where month >= ${summed.begin} and month < ${summed.end}`
  return sourceByAccount(months, rest, conditions)
}

function sourceByAccount(sums: Sql, rest: Span[], { solvable }: Conditions): Source {
  const wanted = wantedCounts(solvable)
  return {
    rows: rowsIn(rest, solvable),
    sums: { accounts: sql`select user_id, ${wanted.solvable} + ${wanted.blocked} as submissions from ${sums}` },
  }
}

function wantedCounts(solvable: boolean | undefined) {
  return {
    solvable: solvable === false ? sql`0` : sql`solvable`,
    blocked: solvable === true ? sql`0` : sql`blocked`,
  }
}

function rowsIn(spans: Span[], solvable: boolean | undefined): Sql {
  const [begins, ends] = [spans.map(({ begin }) => begin.toString()), spans.map(({ end }) => end.toString())]
  return sql`
    select ${COLUMNS}
    from unnest(${begins}::timestamptz[], ${ends}::timestamptz[]) as span (begin, until)
    join submissions s on s.created_at >= span.begin and s.created_at < span.until
    where ${matches({ solvable })}`
}

/** @param until the sums hold exactly the rows before this instant */
function partsOf(asked: Span, unit: 'days' | 'months', until: Temporal.Instant): Parts {
  const first = ceilingOf(asked.begin, unit)
  const end = isBefore(asked.end, until) ? startOf(floorOf(asked.end, unit)) : until
  const isAny = isBefore(startOf(first), end)
  const rest = isAny
    ? [
        { begin: asked.begin, end: startOf(first) },
        { begin: end, end: asked.end },
      ]
    : [asked]
  return {
    summed: { begin: first.toString(), end: (isAny ? ceilingOf(end, unit) : first).toString() },
    rest: rest.filter(({ begin, end }) => isBefore(begin, end)),
  }
}

/** The day or the month (UTC) of an instant, as its first day. */
function floorOf(instant: Temporal.Instant, unit: 'days' | 'months'): Temporal.PlainDate {
  const day = instant.toZonedDateTimeISO('UTC').toPlainDate()
  return unit === 'days' ? day : day.with({ day: 1 })
}

/** The same, or the next one if the instant lies within. */
function ceilingOf(instant: Temporal.Instant, unit: 'days' | 'months'): Temporal.PlainDate {
  const floor = floorOf(instant, unit)
  return isBefore(startOf(floor), instant) ? floor.add({ [unit]: 1 }) : floor
}

function startOf(day: Temporal.PlainDate): Temporal.Instant {
  return day.toZonedDateTime('UTC').toInstant()
}

function earlier(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return isBefore(a, b) ? a : b
}

function later(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return isBefore(a, b) ? b : a
}

function isBefore(a: Temporal.Instant, b: Temporal.Instant): boolean {
  return Temporal.Instant.compare(a, b) < 0
}
