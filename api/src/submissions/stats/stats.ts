import type { SubmissionStats } from '@jotc/core/api/jotc'
import sql from 'sql-template-tag'
import type { Database } from '../../database/database.ts'
import type { Filter } from '../filter.ts'
import { accountScope } from '../list/account-scope.ts'
import { type Counts, countByAccount, countByTime } from './counts.ts'
import { sourcesOf } from './sources.ts'

/**
 * What the submissions of a filter add up to, by day in its time zone; exact, and all of one moment. Everybody's are
 * read from the sums of days that are over, which the database keeps (db/migrations/008, 009 and 019), and row by row where
 * there are none; those of some accounts row by row.
 */
export async function statsOf(database: Database, filter: Filter): Promise<SubmissionStats> {
  const isOwn = filter.userId !== undefined
  const [counts, accounts] = await database.transaction(async (query) => {
    await query(sql`set transaction isolation level repeatable read, read only`)
    const { byTime, byAccount, span } = await sourcesOf(query, await accountScope({ query }, filter), filter)
    const counts = await countByTime(query, byTime, filter.timeZone, span)
    return [counts, isOwn ? undefined : await countByAccount(query, byAccount)]
  })
  const { submissions, ...summary } = summarize(counts)
  const people = accounts?.people ?? (submissions > 0 ? 1 : 0)
  return { submissions, people, ...summary, days: counts.days, sizes: counts.sizes, users: accounts?.users ?? [] }
}

function summarize({ sizes, totals }: Counts) {
  const solvable = totals.reduce((sum, { submissions }) => sum + submissions, 0)
  return {
    submissions: sizes.reduce((sum, { solvable, blocked }) => sum + solvable + blocked, 0),
    solvable,
    medianTotal: solvable === 0 ? null : (totalAt(totals, (solvable - 1) >> 1) + totalAt(totals, solvable >> 1)) / 2,
    longest: sizes.at(-1)?.size ?? null,
  }
}

/** The jumps of the solvable submission at this index, sorted by jumps. */
function totalAt(totals: Counts['totals'], index: number): number {
  let before = 0
  for (const { total, submissions } of totals) {
    before += submissions
    if (before > index) return total
  }
  return Number.NaN
}
