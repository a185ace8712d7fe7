import type { UserQuery, UserSortKey } from '@jotc/core/api/users'
import { type Listing, listingOf, listingQuery, ROWS } from '#ui/list/address.ts'

export type Filters = Listing<UserSortKey> & {
  /** Any part of the name or the address. */
  search: string
}

/** As in core's `USER_SORT_KEYS`, which would bring the whole of TypeBox into the page. */
const SORTS = ['name', 'email', 'submissions', 'createdAt'] as const satisfies readonly UserSortKey[]

export const NO_FILTERS: Filters = { search: '', page: 1, rows: ROWS[0], sortBy: 'name', sort: 'asc' }

/** The filters that an address holds. Unknown or invalid parameters are ignored. */
export function filtersOf(search: string): Filters {
  const params = new URLSearchParams(search)
  return { search: params.get('search') ?? '', ...listingOf(params, SORTS, NO_FILTERS) }
}

/** What the API is asked for. */
export function userQuery(filters: Filters): UserQuery {
  const search = filters.search.trim()
  return { ...(search !== '' && { search }), ...listingQuery(filters) }
}
