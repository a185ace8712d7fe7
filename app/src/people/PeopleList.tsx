import type { UserPage } from '@jotc/core/api/users'
import { Button } from '#ui/Button.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Pager } from '#ui/Pager.tsx'
import { PeopleTable } from './PeopleTable.tsx'
import type { FiltersInUrl } from './useFilters.ts'
import { t } from './words/en.ts'

type ListProps = { page: UserPage | undefined; isLoading: boolean; filters: FiltersInUrl; ownId: string }

/** The list with its pages, or why there is none. */
export function PeopleList({ page, isLoading, filters, ownId }: ListProps) {
  if (page?.items.length === 0) {
    return page.total > 0 ? (
      <EmptyState title={t.pastEnd} detail={t.pastEndDetail}>
        <Button onPress={() => filters.choose({ page: 1 })}>{t.toFirst}</Button>
      </EmptyState>
    ) : (
      <EmptyState title={t.noMatch} detail={t.noMatchDetail(filters.value.search.trim())}>
        <Button onPress={filters.showAll}>{t.showAll}</Button>
      </EmptyState>
    )
  }
  return (
    <section>
      <div aria-busy={isLoading}>
        <PeopleTable items={page?.items} filters={filters} ownId={ownId} />
      </div>
      {page && (
        <Pager
          {...filters.value}
          shown={page.items.length}
          total={page.total}
          hasNext={filters.value.page * filters.value.rows < page.total}
          onChange={filters.choose}
        />
      )}
    </section>
  )
}
