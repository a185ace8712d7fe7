import type { UserPage } from '@jotc/core/api/users'
import clsx from 'clsx'
import { useGet } from '#api/query-client.ts'
import { useRequiredSession } from '#api/sign-in.tsx'
import { Button, ButtonLink } from '#ui/Button.tsx'
import { TextField } from '#ui/form/Field.tsx'
import layout from '#ui/layout.module.css'
import { useListAddress } from '#ui/list/address.ts'
import { EmptyState, List, ListError } from '#ui/list/List.tsx'
import { LoadingBar, Page } from '#ui/page/Page.tsx'
import { PATHS } from '#ui/page/paths.ts'
import { filtersOf, NO_FILTERS, userQuery } from './filters.ts'
import css from './PeoplePage.module.css'
import { PeopleTable } from './PeopleTable.tsx'
import { t } from './words/en.ts'

/** Everybody with an account, for administrators. */
export default function PeoplePage() {
  const session = useRequiredSession()
  return (
    <Page title={t.title} compact>
      {session?.user.role === 'admin' && <People ownId={session.user.id} />}
      {session?.user.role === 'user' && (
        <EmptyState title={t.adminsOnly} detail={t.adminsOnlyDetail}>
          <ButtonLink href={PATHS.board}>{t.toBoard}</ButtonLink>
        </EmptyState>
      )}
    </Page>
  )
}

const TYPED = ['search'] as const

/** The search and the list; or why it is not there. */
function People({ ownId }: { ownId: string }) {
  const filters = useListAddress(PATHS.people, filtersOf, NO_FILTERS, TYPED)
  const { data, error, isFetching, refetch } = useGet<UserPage>('/users', userQuery(filters.settled))
  const { search } = filters.value
  return (
    <div className={clsx(layout.stack, css.people)}>
      {isFetching && <LoadingBar label={t.loading} />}
      <search className={css.bar} aria-label={t.filters}>
        <TextField
          className={css.find}
          label={t.find}
          placeholder={t.findHint}
          autoComplete="off"
          spellCheck="false"
          maxLength={254}
          value={search}
          onChange={(typed) => filters.type({ search: typed })}
        />
        {data && <span className={css.total}>{t.count(data.total)}</span>}
      </search>
      {error && (
        <ListError title={t.failed} error={error} isShown={data !== undefined} onRetry={() => void refetch()} />
      )}
      {(data || !error) && (
        <List
          page={data}
          isLoading={isFetching}
          listing={filters.value}
          onChange={filters.choose}
          empty={
            <EmptyState title={t.noMatch} detail={t.noMatchDetail(search.trim())}>
              <Button onPress={() => filters.choose({ search: '' })}>{t.showAll}</Button>
            </EmptyState>
          }
        >
          <PeopleTable items={data?.items} filters={filters} ownId={ownId} />
        </List>
      )}
    </div>
  )
}
