import { useMemo } from 'react'
import { navigate, useSearch } from 'wouter/use-browser-location'

/** How many rows a page of a list can have; the first unless another is chosen. */
export const ROWS = [15, 50, 100] as const

type Paging = { page: number; rows: number }

/** The page and its rows that an address holds. What it holds of anything else is passed over. */
export function pagingOf(params: URLSearchParams): Paging {
  const page = params.get('page') ?? ''
  return {
    page: /^[1-9]\d{0,5}$/.test(page) ? Number(page) : 1,
    rows: ROWS.find((rows) => String(rows) === params.get('rows')) ?? ROWS[0],
  }
}

/**
 * The filters as the search part of an address, without those that are as `usual`; the items of a list have spaces
 * between them.
 */
export function searchOf<Filters extends Paging>(filters: Filters, usual: Filters): string {
  const text = (value: unknown) => (Array.isArray(value) ? value.join(' ') : String(value))
  const entries = Object.entries(filters)
    .map(([name, value]) => [name, text(value)] as [string, string])
    .filter(([name, value]) => value !== text(usual[name as keyof Filters]))
  const search = new URLSearchParams(entries).toString()
  return search && `?${search}`
}

/** A changed filter, order or number of rows makes another list, which is shown from its first page. */
export function changed<Filters extends Paging>(filters: Filters, change: Partial<Filters>): Filters {
  return { ...filters, page: 1, ...change }
}

/** The filters of a list, kept in the address: the back button, a reload and a copied link all show the same list. */
export function useListAddress<Filters extends Paging>(
  path: string,
  filtersOf: (search: string) => Filters,
  usual: Filters,
) {
  const search = useSearch()
  const value = useMemo(() => filtersOf(search), [search, filtersOf])
  const show = (change: Partial<Filters>, replace: boolean) =>
    navigate(path + searchOf(changed(value, change), usual), { replace })
  return {
    value,
    /** While typing: does not fill the history. */
    type: (change: Partial<Filters>) => show(change, true),
    choose: (change: Partial<Filters>) => show(change, false),
  }
}

export type ListAddress<Filters extends Paging> = ReturnType<typeof useListAddress<Filters>>
