import { useRef } from 'react'
import { t } from '#words/submissions'
import { failureOf } from '../../kit/api-errors.ts'
import { Button } from '../../kit/Button.tsx'
import { LoadingBar } from '../../kit/LoadingBar.tsx'
import { Note } from '../../kit/Note.tsx'
import type { Session } from '../../kit/session.ts'
import { useSettled } from '../../kit/useSettled.ts'
import { Distribution } from './Distribution.tsx'
import { Facts } from './Facts.tsx'
import { FilterBar } from './FilterBar.tsx'
import { List } from './List.tsx'
import { PerDayChart } from './PerDayChart.tsx'
import css from './Submissions.module.css'
import { useFilters } from './useFilters.ts'
import { useLiveSubmissions } from './useLiveSubmissions.ts'
import { useSubmissions } from './useSubmissions.ts'

/** Filters, the figures, the chart and the list; or why they are not there. */
export function Submissions({ session }: { session: Session }) {
  const filters = useFilters()
  const settled = useSettled(filters.value, ({ email }) => email)
  const submissions = useSubmissions(settled, session)
  const isAdmin = session.user.role === 'admin'
  const fresh = useLiveSubmissions(settled, submissions, session)
  const list = useRef<HTMLDivElement>(null)
  function narrowTo(email: string) {
    filters.choose({ email })
    list.current?.scrollIntoView()
    list.current?.focus({ preventScroll: true })
  }
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
          <Facts stats={submissions.stats} isAdmin={isAdmin} />
          <PerDayChart days={submissions.stats?.days} />
          <div ref={list} tabIndex={-1} className={css.list}>
            <List {...submissions} fresh={fresh} filters={filters} isAdmin={isAdmin} />
          </div>
          {submissions.stats && <Distribution {...submissions.stats} onChoose={narrowTo} />}
        </>
      )}
    </div>
  )
}
