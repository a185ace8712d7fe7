import { QueryClientProvider, useQuery } from '@tanstack/react-query'
import { t } from '#words/people'
import { api } from '../../kit/api.ts'
import { failureOf } from '../../kit/api-errors.ts'
import { Button, ButtonLink } from '../../kit/Button.tsx'
import { EmptyState } from '../../kit/EmptyState.tsx'
import { TextField } from '../../kit/Field.tsx'
import { LoadingBar } from '../../kit/LoadingBar.tsx'
import { Note } from '../../kit/Note.tsx'
import { Page } from '../../kit/Page.tsx'
import { PATHS } from '../../kit/paths.ts'
import { queryClient } from '../../kit/query-client.ts'
import { useDebounced } from '../../kit/useDebounced.ts'
import { useRequiredSession } from '../../kit/useRequiredSession.ts'
import { type Filters, userQuery } from './filters.ts'
import { PeopleList } from './PeopleList.tsx'
import css from './PeoplePage.module.css'
import { useFilters } from './useFilters.ts'

/** Everybody with an account, for administrators. */
export default function PeoplePage() {
  const session = useRequiredSession()
  return (
    <Page title={t.title} isLow>
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
  const filters = useFilters()
  const people = usePeople(useDebounced(filters.value, ({ search }) => search))
  const failure = people.error && !people.isFetching ? failureOf(people.error) : undefined
  return (
    <div className={css.people}>
      {people.isFetching && <LoadingBar label={t.loading} />}
      <search className={css.bar} aria-label={t.filters}>
        <TextField
          className={css.find}
          label={t.find}
          placeholder={t.findHint}
          autoComplete="off"
          spellCheck={false}
          maxLength={254}
          value={filters.value.search}
          onChange={filters.type}
        />
        {people.data && <span className={css.total}>{t.count(people.data.total)}</span>}
      </search>
      {failure ? (
        <Note tone="bad" title={t.failed} detail={failure.detail} code={failure.code}>
          <Button onPress={() => void people.refetch()}>{t.tryAgain}</Button>
        </Note>
      ) : (
        <PeopleList page={people.data} isLoading={people.isFetching} filters={filters} ownId={ownId} />
      )}
    </div>
  )
}

/** One page of the people. An answer that comes too late is dropped with its request. */
function usePeople(filters: Filters) {
  const asked = userQuery(filters)
  return useQuery({ queryKey: ['users', asked], queryFn: ({ signal }) => api.get('/users', asked, signal) })
}
