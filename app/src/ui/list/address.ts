import { useEffect, useMemo, useState } from 'react'
import { navigate, useSearch } from 'wouter/use-browser-location'

/** How many rows a page of a list can have; the first unless another is chosen. */
export const ROWS = [15, 50, 100] as const

/** Which part of a list is shown, in which order. */
export type Listing<Key extends string = string> = {
  /** Counts from 1. */
  page: number
  rows: number
  sortBy: Key
  sort: 'asc' | 'desc'
}

/** The part and the order that an address holds. Unknown or invalid parameters are ignored. */
export function listingOf<Key extends string>(
  params: URLSearchParams,
  keys: readonly Key[],
  usual: Listing<Key>,
): Listing<Key> {
  const page = params.get('page') ?? ''
  return {
    page: /^[1-9]\d{0,5}$/.test(page) ? Number(page) : 1,
    rows: oneOf(params.get('rows'), ROWS, usual.rows),
    sortBy: oneOf(params.get('sortBy'), keys, usual.sortBy),
    sort: oneOf(params.get('sort'), ['asc', 'desc'], usual.sort),
  }
}

/** The value that is written as `text`, else the usual one. */
export function oneOf<Value>(text: string | null, values: readonly Value[], usual: Value): Value {
  return values.find((value) => String(value) === text) ?? usual
}

/** What the API is asked for. */
export function listingQuery<Key extends string>({ page, rows, sort, sortBy }: Listing<Key>) {
  return { page, pageSize: rows, sort, sortBy }
}

/**
 * The filters as the search part of an address, without those equal to `usual`. The items of a list are separated by
 * spaces.
 */
export function searchOf<Filters extends Listing>(filters: Filters, usual: Filters): string {
  const text = (value: unknown) => (Array.isArray(value) ? value.join(' ') : String(value))
  const entries = Object.entries(filters)
    .map(([name, value]) => [name, text(value)] as [string, string])
    .filter(([name, value]) => value !== text(usual[name as keyof Filters]))
  const search = new URLSearchParams(entries).toString()
  return search && `?${search}`
}

/** A change of filter, order or number of rows starts at the first page again. */
export function changed<Filters extends Listing>(filters: Filters, change: Partial<Filters>): Filters {
  return { ...filters, page: 1, ...change }
}

/**
 * The filters of a list, kept in the address: back, reload and a copied link show the same list.
 *
 * @param typed the filters that are typed
 */
export function useListAddress<Filters extends Listing>(
  path: string,
  filtersOf: (search: string) => Filters,
  usual: Filters,
  typed: readonly (keyof Filters)[],
) {
  const search = useSearch()
  const value = useMemo(() => filtersOf(search), [search, filtersOf])
  const show = (change: Partial<Filters>, replace: boolean) =>
    navigate(path + searchOf(changed(value, change), usual), { replace })
  return {
    value,
    /** What to request: `value`, once typing has paused. */
    settled: useDebounced(value, typed),
    /** While typing: replaces the entry of the history. */
    type: (change: Partial<Filters>) => show(change, true),
    choose: (change: Partial<Filters>) => show(change, false),
  }
}

export type ListAddress<Filters extends Listing> = ReturnType<typeof useListAddress<Filters>>

const TYPING_PAUSE_MS = 250

/** The filters once typing has paused; any other change counts at once. */
function useDebounced<Filters>(filters: Filters, typed: readonly (keyof Filters)[]): Filters {
  const [settled, setSettled] = useState(filters)
  const isTyping = typed.some((name) => filters[name] !== settled[name])
  useEffect(() => {
    if (!isTyping) return setSettled(filters)
    const timer = setTimeout(() => setSettled(filters), TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [filters, isTyping])
  return isTyping ? settled : filters
}
