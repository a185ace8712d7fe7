import type { Database } from '../../database/database.ts'
import type { Conditions, Filter } from '../filter.ts'
import type { AccountScope } from './account-scope.ts'
import { countUpTo } from './count.ts'
import type { Order } from './queries.ts'

/** Which rows of a filter are so few that reading and sorting all of them is fastest. */
export type Selective = { all: boolean; solved?: boolean; blocked?: boolean }

/** Up to this many rows are sorted, instead of read in order from an index. */
const MAX_SORTED = 5_000
/** The same for an email part that very many accounts have: in order, ten thousand rows would be read first. */
const MAX_SORTED_BY_EMAIL = 20_000

/**
 * Finds out whether a filter is so selective that an index in the requested order would skip millions of rows. That can
 * be a range of clouds or jumps, in any order; and a span of time in the order of emails, which would ask very many
 * accounts that sent nothing then. In the order of jumps, the solvable boards of a range of clouds are apart from the
 * blocked ones, so each kind is judged alone.
 */
export async function findSelective(
  database: Database,
  scope: AccountScope,
  filter: Filter,
  { sortBy }: Order,
): Promise<Selective> {
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
