import type { SubmissionPage } from '@jotc/core/api/jotc'
import { PATHS } from '#frame/paths.ts'
import { TIME_ZONE } from '#i18n/dates.ts'
import { Button, ButtonLink } from '#ui/Button.tsx'
import { Checkbox } from '#ui/form/Field.tsx'
import layout from '#ui/layout.module.css'
import type { ListAddress } from '#ui/list/address.ts'
import { EmptyState, PastEnd } from '#ui/list/List.tsx'
import { Pager } from '#ui/list/Pager.tsx'
import { Disclosure } from '#ui/Menu.tsx'
import { type Filters, filterQuery, isNarrowed, NARROWING_NOTHING } from '../filters.ts'
import { t } from '../words/en.ts'
import { ExportMenu } from './ExportMenu.tsx'
import css from './SubmissionList.module.css'
import { hideable, SubmissionTable } from './SubmissionTable.tsx'

type ListProps = {
  page: SubmissionPage | undefined
  isLoading: boolean
  /** How many arrived since. */
  fresh: number | 'many'
  retry: () => Promise<unknown>
  filters: ListAddress<Filters>
  isAdmin: boolean
}

/** The list with its pages, or why there is none. */
export function SubmissionList({ page, isLoading, fresh, retry, filters, isAdmin }: ListProps) {
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
        <h2>{isAdmin ? t.everybodys.list : t.own.list}</h2>
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

/** Says how many submissions arrived, and takes them into the list; nothing where none did. */
function LivePill({ fresh, onShow }: { fresh: number | 'many'; onShow: () => void }) {
  const words = t.live
  return (
    <>
      {fresh !== 0 && (
        <Button small icon="asc" className={css.pill} onPress={onShow}>
          {fresh === 'many' ? words.showMany : words.show(fresh)}
        </Button>
      )}
      <span role="status" className={layout.hidden}>
        {fresh === 'many' && words.announceMany}
        {fresh !== 'many' && fresh !== 0 && words.announce(fresh)}
      </span>
    </>
  )
}

function EmptyList({ total, filters, isAdmin }: { total: number; filters: ListAddress<Filters>; isAdmin: boolean }) {
  const words = isAdmin ? t.everybodys : t.own
  const asked: Filters = isAdmin ? filters.value : { ...filters.value, email: '' }
  if (total > 0) return <PastEnd onFirst={() => filters.choose({ page: 1 })} />
  if (isNarrowed(asked)) {
    return (
      <EmptyState title={words.noMatch} detail={words.noMatchDetail}>
        <Button onPress={() => filters.choose(NARROWING_NOTHING)}>{t.resetFilters}</Button>
      </EmptyState>
    )
  }
  return (
    <EmptyState title={words.nothingYet} detail={words.nothingYetDetail}>
      <ButtonLink href={PATHS.board}>{t.toBoard}</ButtonLink>
    </EmptyState>
  )
}

/** Which columns the list has beside the board. */
function ColumnsMenu({ filters, isAdmin }: { filters: ListAddress<Filters>; isAdmin: boolean }) {
  const { hide, page } = filters.value
  const show = (hide: Filters['hide']) => filters.type({ hide, page })
  return (
    <Disclosure label={t.shownColumns} icon="columns">
      {() => (
        <fieldset className={css.columns} aria-label={t.shownColumns}>
          {hideable(isAdmin).map((key) => (
            <Checkbox
              key={key}
              isSelected={!hide.includes(key)}
              onChange={(isShown) => show(isShown ? hide.filter((hidden) => hidden !== key) : [...hide, key])}
            >
              {t.columns[key]}
            </Checkbox>
          ))}
        </fieldset>
      )}
    </Disclosure>
  )
}
