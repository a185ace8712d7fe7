import type { UserQuery, UserSortKey } from '@jotc/core/api/users'
import { ROWS } from '../../kit/rows.ts'

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
  const read = (name: keyof Filters) => params.get(name) ?? ''
  return {
    search: read('search'),
    page: /^[1-9]\d{0,5}$/.test(read('page')) ? Number(read('page')) : 1,
    rows: ROWS.find((rows) => String(rows) === read('rows')) ?? NO_FILTERS.rows,
    sortBy: SORTS.find((key) => key === read('sortBy')) ?? NO_FILTERS.sortBy,
    sort: read('sort') === 'desc' ? 'desc' : 'asc',
  }
}

/** The filters as the search part of an address: what is as usual is left out. */
export function searchOf(filters: Filters): string {
  const told = Object.entries(filters).filter(([name, value]) => value !== NO_FILTERS[name as keyof Filters])
  const search = new URLSearchParams(told.map(([name, value]) => [name, String(value)])).toString()
  return search && `?${search}`
}

/** Other words, another order or number of rows make another list, which is shown from its first page. */
export function changed(filters: Filters, change: Partial<Filters>): Filters {
  return { ...filters, page: 1, ...change }
}

/** What the API is asked for. */
export function userQuery({ search, page, rows, sort, sortBy }: Filters): UserQuery {
  const words = search.trim()
  return { ...(words !== '' && { search: words }), page, pageSize: rows, sort, sortBy }
}
