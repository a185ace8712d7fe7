import type { UserPage } from '@jotc/core/api/users'
import { QueryClientProvider } from '@tanstack/react-query'
import { queryClient } from '#api/query-client.ts'
import { useRequiredSession } from '#api/sign-in.tsx'
import { PATHS } from '#frame/paths.ts'
import { Button, ButtonLink } from '#ui/Button.tsx'
import { TextField } from '#ui/form/Field.tsx'
import { type ListAddress, useListAddress } from '#ui/list/address.ts'
import { EmptyState, ListError, PastEnd } from '#ui/list/List.tsx'
import { Pager } from '#ui/list/Pager.tsx'
import { LoadingBar, Page } from '#ui/page/Page.tsx'
import { useDebounced } from '#ui/useDebounced.ts'
import { type Filters, filtersOf, NO_FILTERS } from './filters.ts'
import css from './PeoplePage.module.css'
import { PeopleTable } from './PeopleTable.tsx'
import { usePeople } from './queries.ts'
import { t } from './words/en.ts'

/** Everybody with an account, for administrators. */
export default function PeoplePage() {
  const session = useRequiredSession()
  return (
    <Page title={t.title} compact>
      {session?.user.role === 'admin' && (
        <QueryClientProvider client={queryClient}>
          <People ownId={session.user.id} />
        </QueryClientProvider>
      )}
      {session?.user.role === 'user' && (
        <EmptyState title={t.adminsOnly} detail={t.adminsOnlyDetail}>
          <ButtonLink href={PATHS.board}>{t.toBoard}</ButtonLink>
        </EmptyState>
      )}
    </Page>
  )
}

/** The search and the list; or why it is not there. */
function People({ ownId }: { ownId: string }) {
  const filters = useListAddress(PATHS.people, filtersOf, NO_FILTERS)
  const people = usePeople(useDebounced(filters.value, ({ search }) => search))
  const { data, isFetching } = people
  const error = isFetching ? null : people.error
  return (
    <div className={css.people}>
      {isFetching && <LoadingBar label={t.loading} />}
      <search className={css.bar} aria-label={t.filters}>
        <TextField
          className={css.find}
          label={t.find}
          placeholder={t.findHint}
          autoComplete="off"
          spellCheck="false"
          maxLength={254}
          value={filters.value.search}
          onChange={(search) => filters.type({ search })}
        />
        {data && <span className={css.total}>{t.count(data.total)}</span>}
      </search>
      {error && (
        <ListError title={t.failed} error={error} isShown={data !== undefined} onRetry={() => void people.refetch()} />
      )}
      {(data || !error) && <PeopleList page={data} isLoading={isFetching} filters={filters} ownId={ownId} />}
    </div>
  )
}

type ListProps = { page: UserPage | undefined; isLoading: boolean; filters: ListAddress<Filters>; ownId: string }

/** The list with its pages, or why there is none. */
function PeopleList({ page, isLoading, filters, ownId }: ListProps) {
  if (page?.items.length === 0) {
    return page.total > 0 ? (
      <PastEnd onFirst={() => filters.choose({ page: 1 })} />
    ) : (
      <EmptyState title={t.noMatch} detail={t.noMatchDetail(filters.value.search.trim())}>
        <Button onPress={() => filters.choose({ search: '' })}>{t.showAll}</Button>
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
