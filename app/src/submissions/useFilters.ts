import { useMemo } from 'react'
import { navigate, useSearch } from 'wouter/use-browser-location'
import { PATHS } from '#frame/paths.ts'
import { changed, searchOf } from '#ui/list-address.ts'
import { type Filters, filtersOf, NO_FILTERS } from './filters.ts'

/** The filters, kept in the address: the back button, a reload and a copied link all show the same list. */
export function useFilters() {
  const search = useSearch()
  const value = useMemo(() => filtersOf(search), [search])
  const show = (filters: Filters, replace: boolean) =>
    navigate(PATHS.submissions + searchOf(filters, NO_FILTERS), { replace })
  return {
    value,
    /** While typing: does not fill the history. */
    type: (change: Partial<Filters>) => show(changed(value, change), true),
    choose: (change: Partial<Filters>) => show(changed(value, change), false),
    /** Keeps how the list looks: order, number of rows, columns. */
    reset: () => {
      const { rows, sort, sortBy, hide } = value
      show({ ...NO_FILTERS, rows, sort, sortBy, hide }, false)
    },
    /** Stays on the page. */
    hide: (hide: Filters['hide']) => show({ ...value, hide }, true),
  }
}

export type FiltersInUrl = ReturnType<typeof useFilters>
