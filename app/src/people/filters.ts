import type { UserQuery, UserSortKey } from '@jotc/core/api/users'
import { pagingOf, ROWS } from '#ui/list/address.ts'

export type Filters = {
  /** Any part of the name or the address. */
  search: string
  /** Counts from 1. */
  page: number
  rows: number
  sortBy: UserSortKey
  sort: 'asc' | 'desc'
}

/** As in core's `USER_SORT_KEYS`, which would bring the whole of TypeBox into the page. */
const SORTS = ['name', 'email', 'submissions', 'createdAt'] as const satisfies readonly UserSortKey[]

export const NO_FILTERS: Filters = { search: '', page: 1, rows: ROWS[0], sortBy: 'name', sort: 'asc' }

/** The filters that an address holds. What it holds of anything else is passed over. */
export function filtersOf(search: string): Filters {
  const params = new URLSearchParams(search)
  return {
    search: params.get('search') ?? '',
    ...pagingOf(params),
    sortBy: SORTS.find((key) => key === params.get('sortBy')) ?? NO_FILTERS.sortBy,
    sort: params.get('sort') === 'desc' ? 'desc' : 'asc',
  }
}

/** What the API is asked for. */
export function userQuery({ search, page, rows, sort, sortBy }: Filters): UserQuery {
  const words = search.trim()
  return { ...(words !== '' && { search: words }), page, pageSize: rows, sort, sortBy }
}
