import { LIST_DEFAULTS, type ListQuery, type SubmissionPage } from '@jotc/core/api/jotc'
import type { Database } from '../../database/database.ts'
import { InvalidInput } from '../../http/refusals.ts'
import type { Filter } from '../filter.ts'
import { submissionOf, submissionRepository } from '../repository.ts'
import { COUNTED_UP_TO, countOf } from './count.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { type Order, type Place, placeOf } from './order.ts'
import { ownersOf } from './owners.ts'

/**
 * One page of the submissions of a filter: by number, or after the cursor of the page before. A page by number costs
 * what stands before it, so numbers end where exact totals do; a page by cursor costs the same at any depth.
 *
 * @throws {InvalidInput} when the cursor is not one of this order, a page number comes with it, or is too high
 */
export async function listPage(database: Database, filter: Filter, query: ListQuery): Promise<SubmissionPage> {
  const { pageSize, sort, sortBy } = { ...LIST_DEFAULTS, ...query }
  const order: Order = { sortBy, sort }
  const from = startOf(order, query)
  const owners = await ownersOf(database, filter)

  // One row more than asked for tells whether there is a next page.
  const [rows, count] = await Promise.all([
    submissionRepository(database).list(owners, filter, order, from, pageSize + 1),
    countOf(database, owners, filter),
  ])
  const items = rows.slice(0, pageSize).map(submissionOf)
  const last = items.at(-1)
  const nextCursor = rows.length > pageSize && last ? writeCursor(order, placeOf(order, last)) : null
  return { items, ...count, nextCursor }
}

/** The place after which a page begins, or how many rows stand before it. */
function startOf(order: Order, query: ListQuery): Place | number {
  const { page, pageSize } = { ...LIST_DEFAULTS, ...query }
  if (query.cursor !== undefined) {
    if (query.page === undefined) return readCursor(order, query.cursor)
    throw new InvalidInput([{ field: 'cursor', message: 'Send “page” or “cursor”, not both.' }])
  }
  if (page * pageSize <= COUNTED_UP_TO) return (page - 1) * pageSize
  const message = 'Pages have numbers up to the 10,000th submission. Go on by “cursor”, or narrow the filter.'
  throw new InvalidInput([{ field: 'page', message }])
}
