import { LIST_DEFAULTS, type ListQuery, type SubmissionPage } from '@jotc/core/api/jotc'
import { InvalidInput } from '../plugins/refusals.ts'
import { readCursor, writeCursor } from './cursor.ts'
import type { Filter } from './filter.ts'
import { type Order, placeOf } from './order.ts'
import { submissionOf, type submissionRepository } from './repository.ts'

type Repository = ReturnType<typeof submissionRepository>

/**
 * One page of the submissions of a filter: by number, or after the cursor of the page before.
 *
 * @throws {InvalidInput} when the cursor is not one of this order, or a page number comes with it
 */
export async function listPage(repository: Repository, filter: Filter, query: ListQuery): Promise<SubmissionPage> {
  const { page, pageSize, sort, sortBy } = { ...LIST_DEFAULTS, ...query }
  const order: Order = { sortBy, sort }
  if (query.cursor !== undefined && query.page !== undefined) {
    throw new InvalidInput([{ field: 'cursor', message: 'Send “page” or “cursor”, not both.' }])
  }
  const from = query.cursor === undefined ? (page - 1) * pageSize : readCursor(order, query.cursor)

  // One row more than asked for tells whether there is a next page.
  const [rows, count] = await Promise.all([
    repository.list(filter, order, from, pageSize + 1),
    repository.count(filter),
  ])
  const items = rows.slice(0, pageSize).map(submissionOf)
  const last = items.at(-1)
  const nextCursor = rows.length > pageSize && last ? writeCursor(order, placeOf(order, last)) : null
  return { items, ...count, nextCursor }
}
