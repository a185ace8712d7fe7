import type { SubmissionPage, SubmissionStats } from '@jotc/core/api/jotc'
import clsx from 'clsx'
import { useRef } from 'react'
import { useGet } from '#api/query-client.ts'
import { type SignedIn, useSession } from '#api/session.ts'
import { SignInLink } from '#api/sign-in.tsx'
import { IS_ZONE_KNOWN, TIME_ZONE } from '#i18n/dates.ts'
import { format, LOCALE } from '#i18n/format.ts'
import figures from '#ui/Figures.module.css'
import layout from '#ui/layout.module.css'
import { useListAddress } from '#ui/list/address.ts'
import { EmptyState, ListError } from '#ui/list/List.tsx'
import { Skeleton } from '#ui/list/Table.tsx'
import { LoadingBar, Page } from '#ui/page/Page.tsx'
import { PATHS } from '#ui/page/paths.ts'
import { PerDayChart, SizesChart, TopAccounts } from './charts/Charts.tsx'
import { FilterBar } from './FilterBar.tsx'
import { type Filters, filterQuery, filtersOf, listQuery, NO_FILTERS, TYPED } from './filters.ts'
import { SubmissionList } from './list/SubmissionList.tsx'
import css from './SubmissionsPage.module.css'
import { useLiveSubmissions } from './useLiveSubmissions.ts'
import { t } from './words/en.ts'

export default function SubmissionsPage() {
  const session = useSession()
  return (
    <Page title={session?.user.role === 'admin' ? t.everybodys.title : t.own.title} compact>
      {session ? (
        <Submissions key={session.user.id} session={session} />
      ) : (
        <EmptyState title={t.signedOut} detail={t.signedOutDetail}>
          <SignInLink variant="primary">{t.signIn}</SignInLink>
        </EmptyState>
      )}
    </Page>
  )
}

/** Filters, figures, charts and the list, or why they did not load. */
function Submissions({ session }: { session: SignedIn }) {
  const filters = useListAddress(PATHS.submissions, filtersOf, NO_FILTERS, TYPED)
  const isAdmin = session.user.role === 'admin'
  const submissions = useSubmissions(filters.settled, isAdmin)
  const words = isAdmin ? t.everybodys : t.own
  const fresh = useLiveSubmissions(filters.settled, submissions, session)
  const list = useRef<HTMLDivElement>(null)
  function narrowTo(email: string) {
    filters.choose({ email })
    list.current?.scrollIntoView()
    list.current?.focus({ preventScroll: true })
  }
  const { page, stats, error, isLoading } = submissions
  /** Loaded, or still loading. */
  const shows = (part: unknown) => part !== undefined || !error
  return (
    <div className={clsx(layout.stack, css.page)}>
      {isLoading && <LoadingBar label={words.loading} />}
      <FilterBar filters={filters} isAdmin={isAdmin} />
      {!IS_ZONE_KNOWN && <p>{t.inUtc}</p>}
      {error && (
        <ListError
          title={words.failed}
          error={error}
          isShown={page !== undefined}
          sentence={t.filtersKept}
          onRetry={() => void submissions.retry()}
        />
      )}
      {shows(stats) && (
        <>
          <Facts stats={stats} isAdmin={isAdmin} />
          {stats?.submissions !== 0 && (
            <div className={css.charts}>
              <PerDayChart days={stats?.days} words={words} />
              <SizesChart sizes={stats?.sizes} />
            </div>
          )}
        </>
      )}
      {shows(page) && (
        <div ref={list} tabIndex={-1} className={css.list}>
          <SubmissionList {...submissions} fresh={fresh} filters={filters} isAdmin={isAdmin} />
        </div>
      )}
      {stats && stats.users.length > 1 && <TopAccounts users={stats.users} onChoose={narrowTo} />}
    </div>
  )
}

/** One page of the list, and the statistics of all of it. */
function useSubmissions(filters: Filters, isAdmin: boolean) {
  const page = useGet<SubmissionPage>('/jotc', listQuery(filters, TIME_ZONE, isAdmin))
  const stats = useGet<SubmissionStats>('/jotc/stats', filterQuery(filters, TIME_ZONE, isAdmin))
  return {
    page: page.data,
    readAt: page.dataUpdatedAt,
    stats: stats.data,
    error: page.error ?? stats.error,
    /** The page does not show the requested list yet. */
    isLoading: page.isFetching || stats.isFetching,
    retry: () => Promise.all([page.refetch(), stats.refetch()]),
  }
}

const percent = new Intl.NumberFormat(LOCALE, { style: 'percent', maximumFractionDigits: 0 })

type Fact = 'submissions' | 'people' | 'solvable' | 'medianTotal' | 'longest'

/** The figures of all matching submissions; grey bars while they load. */
function Facts({ stats, isAdmin }: { stats: SubmissionStats | undefined; isAdmin: boolean }) {
  const { count } = isAdmin ? t.everybodys : t.own
  const facts: Fact[] = ['submissions', ...(isAdmin ? (['people'] as const) : []), 'solvable', 'medianTotal', 'longest']
  return (
    <dl className={clsx(figures.figures, css.facts)}>
      {facts.map((fact) => (
        <div key={fact}>
          <dt>{fact === 'submissions' ? count : t.facts[fact]}</dt>
          <dd>{stats ? figure(fact, stats) : <Skeleton width={64} height={24} className={css.skeleton} />}</dd>
        </div>
      ))}
    </dl>
  )
}

function figure(fact: Fact, stats: SubmissionStats): string {
  if (fact === 'solvable') {
    return stats.submissions === 0 ? t.none : percent.format(stats.solvable / stats.submissions)
  }
  const value = stats[fact]
  return value === null ? t.none : format.number(value)
}
