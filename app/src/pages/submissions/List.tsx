import type { SubmissionPage } from '@jotc/core/api/jotc'
import { t } from '#words/submissions'
import { Button, ButtonLink } from '../../kit/Button.tsx'
import { TIME_ZONE } from '../../kit/dates.ts'
import { Nothing } from '../../kit/Nothing.tsx'
import { Pager } from '../../kit/Pager.tsx'
import { PATHS } from '../../kit/paths.ts'
import { ColumnsMenu } from './ColumnsMenu.tsx'
import { ExportMenu } from './ExportMenu.tsx'
import { type Filters, filterQuery, isNarrowed } from './filters.ts'
import css from './List.module.css'
import { LivePill } from './LivePill.tsx'
import { nothingMatches } from './nothing-matches.ts'
import { SubmissionTable } from './SubmissionTable.tsx'
import type { FiltersInUrl } from './useFilters.ts'

type ListProps = {
  page: SubmissionPage | undefined
  isLoading: boolean
  /** How many arrived since. */
  fresh: number | 'many'
  retry: () => Promise<unknown>
  filters: FiltersInUrl
  isAdmin: boolean
}

/** The list with its pages, or why there is none. */
export function List({ page, isLoading, fresh, retry, filters, isAdmin }: ListProps) {
  const showFresh = () => (filters.value.page === 1 ? void retry() : filters.choose({ page: 1 }))
  const pill = <LivePill fresh={fresh} onShow={showFresh} />
  if (page?.items.length === 0) {
    return (
      <section>
        {pill}
        <EmptyList total={page.total} filters={filters} isAdmin={isAdmin} />
      </section>
    )
  }
  return (
    <section>
      <div className={css.head}>
        <h2>{isAdmin ? t.everybodys : t.own}</h2>
        {pill}
        <div className={css.tools}>
          <ColumnsMenu filters={filters} isAdmin={isAdmin} />
          <ExportMenu filter={filterQuery(filters.value, TIME_ZONE, isAdmin)} />
        </div>
      </div>
      <div aria-busy={isLoading}>
        <SubmissionTable items={page?.items} filters={filters} isAdmin={isAdmin} />
      </div>
      {page && (
        <Pager
          {...filters.value}
          shown={page.items.length}
          total={page.total}
          totalIsExact={page.totalIsExact}
          hasNext={page.nextCursor !== null}
          onChange={filters.choose}
        />
      )}
    </section>
  )
}

function EmptyList({ total, filters, isAdmin }: { total: number; filters: FiltersInUrl; isAdmin: boolean }) {
  const asked: Filters = isAdmin ? filters.value : { ...filters.value, email: '' }
  if (total > 0) {
    return (
      <Nothing title={t.pastEnd} detail={t.pastEndDetail}>
        <Button onPress={() => filters.choose({ page: 1 })}>{t.toFirst}</Button>
      </Nothing>
    )
  }
  if (isNarrowed(asked)) {
    return (
      <Nothing title={t.noMatch} detail={nothingMatches(asked)}>
        <Button onPress={filters.reset}>{t.resetFilters}</Button>
      </Nothing>
    )
  }
  return (
    <Nothing title={t.nothingYet} detail={t.nothingYetDetail}>
      <ButtonLink href={PATHS.board}>{t.toBoard}</ButtonLink>
    </Nothing>
  )
}
