import sql, { type Sql } from 'sql-template-tag'
import { type Filter, hasPart, narrows } from './filter.ts'
import { isSolvable } from './order.ts'
import type { Spans } from './stats-spans.ts'
import type { Whose } from './whose.ts'

/** Statements that give rows to be counted, and counts that the database keeps of all others. */
export type Kept = {
  /** Gives `user_id, created_at, size, total`. */
  rows: Sql
  kept?: {
    /** Gives `moment, solvable, blocked`. */
    quarters?: Sql
    /** Gives `size, solvable, blocked`. */
    sizes?: Sql
    /** Gives `total, submissions`. */
    totals?: Sql
    /** Gives `user_id, submissions`. */
    accounts?: Sql
  }
}

const COLUMNS = sql`s.user_id, s.created_at, s.size, s.total`

/** All rows of a filter. */
export function rowsOf(whose: Whose, filter: Filter): Sql {
  if (whose.who === 'few') {
    return sql`
      select ${COLUMNS} from submissions s where s.user_id = any(${whose.userIds}::uuid[]) and ${narrows(filter)}`
  }
  const mine = whose.who === 'many' ? hasPart(whose.email) : sql`true`
  return sql`
    select ${COLUMNS} from submissions s join users u on u.id = s.user_id where ${mine} and ${narrows(filter)}`
}

/** Everybody's, from the sums of whole days. */
export function keptCounts({ whole, without, rest }: Spans, { solvable }: Filter): Kept {
  const wanted = counts(solvable)
  const inDays = (day: Sql) => sql`${day} >= ${whole.begin}::date and ${day} < ${whole.end}::date
    and ${day} <> all(${without}::date[])`
  return {
    rows: rowsIn(rest, solvable),
    kept: {
      quarters: sql`select quarter as moment, ${wanted.solvable} as solvable, ${wanted.blocked} as blocked
        from submission_quarters where ${inDays(sql`(quarter at time zone 'UTC')::date`)}
        and quarter >= ${whole.begin}::date::timestamp at time zone 'UTC'
        and quarter < ${whole.end}::date::timestamp at time zone 'UTC'`,
      sizes: sql`select size, ${wanted.solvable} as solvable, ${wanted.blocked} as blocked
        from submission_sizes where ${inDays(sql`day`)}`,
      totals: sql`select total, submissions from submission_totals where ${solvable !== false} and ${inDays(sql`day`)}`,
    },
  }
}

/** Everybody's, from the sums of whole months. */
export function keptMonths({ whole, without, rest }: Spans, { solvable }: Filter): Kept {
  const wanted = counts(solvable)
  return {
    rows: rowsIn(rest, solvable),
    kept: {
      accounts: sql`select user_id, ${wanted.solvable} + ${wanted.blocked} as submissions from submission_accounts
        where month >= ${whole.begin}::date and month < ${whole.end}::date and month <> all(${without}::date[])`,
    },
  }
}

function counts(solvable: boolean | undefined) {
  return {
    solvable: solvable === false ? sql`0` : sql`solvable`,
    blocked: solvable === true ? sql`0` : sql`blocked`,
  }
}

function rowsIn(spans: Spans['rest'], solvable: boolean | undefined): Sql {
  return sql`
    select ${COLUMNS}
    from unnest(${spans.map(({ begin }) => begin)}::timestamptz[], ${spans.map(({ end }) => end)}::timestamptz[])
      as span (begin, until)
    join submissions s on s.created_at >= span.begin and s.created_at < span.until
    where ${solvable === undefined ? sql`true` : isSolvable(solvable)}`
}
