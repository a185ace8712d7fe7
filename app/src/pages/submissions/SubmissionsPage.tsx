import type { Session } from '@jotc/core/api/account'
import { QueryClientProvider } from '@tanstack/react-query'
import { useRef } from 'react'
import { t } from '#words/submissions'
import { failureOf } from '../../kit/api-errors.ts'
import { Button } from '../../kit/Button.tsx'
import { EmptyState } from '../../kit/EmptyState.tsx'
import { LoadingBar } from '../../kit/LoadingBar.tsx'
import { Note } from '../../kit/Note.tsx'
import { Page } from '../../kit/Page.tsx'
import { queryClient } from '../../kit/query-client.ts'
import { useSession } from '../../kit/session.ts'
import { SignInLink } from '../../kit/sign-in.tsx'
import { useDebounced } from '../../kit/useDebounced.ts'
import { Facts } from './Facts.tsx'
import { FilterBar } from './FilterBar.tsx'
import { PerDayChart } from './PerDayChart.tsx'
import { SizesChart } from './SizesChart.tsx'
import { SubmissionList } from './SubmissionList.tsx'
import css from './SubmissionsPage.module.css'
import { TopAccounts } from './TopAccounts.tsx'
import { useFilters } from './useFilters.ts'
import { useLiveSubmissions } from './useLiveSubmissions.ts'
import { useSubmissions } from './useSubmissions.ts'

export default function SubmissionsPage() {
  const session = useSession()
  return (
    <Page title={t.title} isLow>
      {session ? (
        <QueryClientProvider client={queryClient}>
          <Submissions key={session.user.id} session={session} />
        </QueryClientProvider>
      ) : (
        <EmptyState title={t.signedOut} detail={t.signedOutDetail}>
          <SignInLink kind="key">{t.signIn}</SignInLink>
        </EmptyState>
      )}
    </Page>
  )
}

/** Filters, the figures, the charts and the list; or why they are not there. */
function Submissions({ session }: { session: Session }) {
  const filters = useFilters()
  const settled = useDebounced(filters.value, ({ email }) => email)
  const submissions = useSubmissions(settled, session)
  const isAdmin = session.user.role === 'admin'
  const fresh = useLiveSubmissions(settled, submissions, session)
  const list = useRef<HTMLDivElement>(null)
  function narrowTo(email: string) {
    filters.choose({ email })
    list.current?.scrollIntoView()
    list.current?.focus({ preventScroll: true })
  }
  const { stats } = submissions
  const failure = submissions.error && !submissions.isLoading ? failureOf(submissions.error) : undefined
  return (
    <div className={css.page}>
      {submissions.isLoading && <LoadingBar label={t.loading} />}
      <FilterBar filters={filters} isAdmin={isAdmin} />
      {failure ? (
        <Note tone="bad" title={t.failed} detail={t.filtersKept(failure.detail)} code={failure.code}>
          <Button onPress={() => void submissions.retry()}>{t.tryAgain}</Button>
        </Note>
      ) : (
        <>
          <Facts stats={stats} isAdmin={isAdmin} />
          <PerDayChart days={stats?.days} />
          <div ref={list} tabIndex={-1} className={css.list}>
            <SubmissionList {...submissions} fresh={fresh} filters={filters} isAdmin={isAdmin} />
          </div>
          {stats && stats.sizes.length > 0 && (
            <div className={css.distribution}>
              <SizesChart sizes={stats.sizes} />
              {stats.users.length > 1 && <TopAccounts users={stats.users} onChoose={narrowTo} />}
            </div>
          )}
        </>
      )}
    </div>
  )
}
