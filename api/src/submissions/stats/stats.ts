import type { SubmissionStats } from '@jotc/core/api/jotc'
import type { Database } from '../../database/database.ts'
import type { Filter } from '../filter.ts'
import { accountScope } from '../list/account-scope.ts'
import { accountsOf, type Counted, countsOf } from './counts.ts'
import { rowsOf, type Source, sourceByAccount, sourceByTime } from './sources.ts'
import { spansOf } from './spans.ts'

/**
 * What the submissions of a filter add up to, by day in its time zone; exact. Everybody's are read from the sums of
 * days that are over, which the database keeps (db/migrations/008), and row by row where there are none; those of some
 * accounts row by row.
 */
export async function statsOf(database: Database, filter: Filter): Promise<SubmissionStats> {
  const scope = await accountScope(database, filter)
  const isOwn = filter.userId !== undefined
  let counts: Source = { rows: rowsOf(scope, filter) }
  let accounts = counts
  if (scope.kind === 'everybody') {
    const spans = await spansOf(database, filter)
    counts = sourceByTime(spans.days, filter)
    accounts = sourceByAccount(spans, filter)
  }
  const [counted, ranked] = await Promise.all([
    countsOf(database, counts, filter.timeZone),
    isOwn ? undefined : accountsOf(database, accounts),
  ])
  const { submissions, ...sums } = sumsOf(counted)
  const people = ranked?.people ?? (submissions > 0 ? 1 : 0)
  return { submissions, people, ...sums, days: counted.days, sizes: counted.sizes, users: ranked?.users ?? [] }
}

function sumsOf({ sizes, totals }: Counted) {
  const solvable = totals.reduce((sum, { submissions }) => sum + submissions, 0)
  return {
    submissions: sizes.reduce((sum, { solvable, blocked }) => sum + solvable + blocked, 0),
    solvable,
    medianTotal: solvable === 0 ? null : (totalAt(totals, solvable - 1) + totalAt(totals, solvable)) / 2,
    longest: sizes.at(-1)?.size ?? null,
  }
}

/** The jumps of the solvable submission that stands at half of `twice`, sorted by jumps. */
function totalAt(totals: Counted['totals'], twice: number): number {
  let before = 0
  for (const { total, submissions } of totals) {
    before += submissions
    if (before > Math.floor(twice / 2)) return total
  }
  return Number.NaN
}
