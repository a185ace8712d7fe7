import type { Database } from '../../database/database.ts'
import type { Conditions, Filter } from '../filter.ts'
import type { AccountScope } from './account-scope.ts'
import { countUpTo } from './count.ts'
import type { Order } from './queries.ts'

/** Which rows of a filter are so few that it is quickest to read and sort them all. */
export type Few = { all: boolean; solved?: boolean; blocked?: boolean }

/** Up to this many rows are sorted all at once rather than found in order. */
const MAX_SORTED = 5_000
/** Of an email part that very many accounts have, the first ten thousand rows in order are looked through. */
const MAX_SORTED_BY_EMAIL = 20_000

/**
 * An index of the order may have few rows far apart, between millions of others: those of a range of clouds or jumps in
 * any order, and those of a span of time by email, for account by account would ask very many that sent nothing then.
 * By jumps, solvable boards of a range of clouds stand in one place and blocked ones in another: either can be few.
 */
export async function fewOf(database: Database, scope: AccountScope, filter: Filter, { sortBy }: Order): Promise<Few> {
  const { begin, end, solvable, size, total } = filter
  const isRange = (size ?? total) !== undefined
  const isOneAccount = scope.kind === 'accounts' && scope.userIds.length === 1
  if (isOneAccount || !(isRange || (sortBy === 'email' && scope.kind !== 'accounts'))) return { all: false }
  if ((begin ?? end) !== undefined && (await areFew({ begin, end }))) return { all: true }
  if (!isRange) return { all: false }
  if (!size || solvable !== undefined) return { all: await areFew(filter) }
  const solved = await areFew({ ...filter, solvable: true })
  if (!solved && sortBy !== 'total') return { all: false }
  const blocked = await areFew({ ...filter, solvable: false })
  return { all: solved && blocked, solved, blocked }

  async function areFew(conditions: Conditions): Promise<boolean> {
    const most = scope.kind === 'email' ? MAX_SORTED_BY_EMAIL : MAX_SORTED
    return (await countUpTo(database, { kind: 'everybody' }, conditions, most + 1)) <= most
  }
}
