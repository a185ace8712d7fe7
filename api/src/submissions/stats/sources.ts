import sql, { type Sql } from 'sql-template-tag'
import { type Conditions, emailContains, matches } from '../filter.ts'
import type { AccountScope } from '../list/account-scope.ts'
import type { Spans } from './spans.ts'

/** What is counted, as statements: rows, and the sums that the database keeps of all others. */
export type Source = {
  /** Gives `user_id, created_at, size, total`. */
  rows: Sql
  sums?: {
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
export function rowsOf(scope: AccountScope, filter: Conditions): Sql {
  if (scope.kind === 'accounts') {
    return sql`
      select ${COLUMNS} from submissions s where s.user_id = any(${scope.userIds}::uuid[]) and ${matches(filter)}`
  }
  const mine = scope.kind === 'email' ? emailContains(scope.part) : sql`true`
  return sql`
    select ${COLUMNS} from submissions s join users u on u.id = s.user_id where ${mine} and ${matches(filter)}`
}

/** Everybody's, from the sums of whole days. */
export function sourceByTime({ whole, rest }: Spans, { solvable }: Conditions): Source {
  const wanted = counts(solvable)
  const inDays = sql`day >= ${whole.begin} and day < ${whole.end}`
  return {
    rows: rowsIn(rest, solvable),
    sums: {
      quarters: sql`select quarter as moment, ${wanted.solvable} as solvable, ${wanted.blocked} as blocked
        from submission_quarters where quarter >= start_of(${whole.begin}) and quarter < start_of(${whole.end})`,
      sizes: sql`select size, ${wanted.solvable} as solvable, ${wanted.blocked} as blocked
        from submission_sizes where ${inDays}`,
      totals: sql`select total, submissions from submission_totals where ${solvable !== false} and ${inDays}`,
    },
  }
}

/** Everybody's by account: from the sums of all that is summed up, or of whole months. */
export function sourceByAccount(
  { months, ever }: { months: Spans; ever: Spans | undefined },
  { solvable }: Conditions,
): Source {
  const wanted = counts(solvable)
  const from = ever
    ? sql`submission_accounts`
    : sql`submission_months where month >= ${months.whole.begin} and month < ${months.whole.end}`
  return {
    rows: rowsIn((ever ?? months).rest, solvable),
    sums: { accounts: sql`select user_id, ${wanted.solvable} + ${wanted.blocked} as submissions from ${from}` },
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
    where ${matches({ solvable })}`
}
