import { LIST_DEFAULTS, type ListQuery, type SubmissionPage } from '@jotc/core/api/jotc'
import type { Database } from '../../database/database.ts'
import { invalidInput } from '../../http/errors.ts'
import type { Filter } from '../filter.ts'
import { submissionOf, submissionRepository } from '../repository.ts'
import { accountScope } from './account-scope.ts'
import { type Count, countMatches, MAX_COUNTED } from './count.ts'
import { readCursor, writeCursor } from './cursor.ts'
import type { Order, Position } from './queries.ts'

/**
 * One page of the submissions of a filter: by number, or after the cursor of the previous page. A page by number reads
 * all rows before it, so numbers end where exact totals do. A page by cursor costs the same at any depth.
 *
 * @throws {HttpError} if the cursor is of another order, comes with a page number, or the page number is too high
 */
export async function listPage(database: Database, filter: Filter, query: ListQuery): Promise<SubmissionPage> {
  const { pageSize, sort, sortBy } = { ...LIST_DEFAULTS, ...query }
  const order: Order = { sortBy, sort }
  const start = startOf(order, query)
  const scope = await accountScope(database, filter)

  // One row more than requested tells whether there is a next page.
  const [rows, count] = await Promise.all([
    submissionRepository(database).list(scope, filter, order, start, pageSize + 1),
    countMatches(database, scope, filter),
  ])
  const items = rows.slice(0, pageSize).map(submissionOf)
  const last = items.at(-1)
  const nextCursor =
    rows.length > pageSize && last
      ? writeCursor(order, { value: last[sortBy], createdAt: last.createdAt, id: last.id })
      : null
  return { items, ...reconcile(count, start, rows.length, pageSize), nextCursor }
}

/** Rows and total are read at slightly different moments. Where the page itself shows the total, the page is right. */
function reconcile(count: Count, start: Position | number, rows: number, pageSize: number): Count {
  if (typeof start !== 'number') return count
  // An empty page only shows that there are no more rows than come before it.
  if (rows === 0 && start > 0) return { ...count, total: Math.min(count.total, start) }
  if (rows <= pageSize) return { total: start + rows, totalIsExact: true }
  return { ...count, total: Math.max(count.total, start + rows) }
}

/** The position after which a page begins, or the number of rows before it. */
function startOf(order: Order, query: ListQuery): Position | number {
  const { page, pageSize } = { ...LIST_DEFAULTS, ...query }
  if (query.cursor !== undefined) {
    if (query.page === undefined) return readCursor(order, query.cursor)
    throw invalidInput([{ field: 'cursor', message: 'Send “page” or “cursor”, not both.' }])
  }
  if (page * pageSize <= MAX_COUNTED) return (page - 1) * pageSize
  const message = 'Page numbers end at the 10,000th submission. Use “cursor”, or narrow the filter.'
  throw invalidInput([{ field: 'page', message }])
}
