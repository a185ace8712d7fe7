import type { SubmissionPage } from '@jotc/core/api/jotc'
import { exportSubmissions } from '#api/export.ts'
import { TIME_ZONE } from '#i18n/dates.ts'
import { Button, ButtonLink } from '#ui/Button.tsx'
import { Checkbox } from '#ui/form/Field.tsx'
import layout from '#ui/layout.module.css'
import type { ListAddress } from '#ui/list/address.ts'
import { EmptyState, List } from '#ui/list/List.tsx'
import { Disclosure, FormatMenu } from '#ui/Menu.tsx'
import { PATHS } from '#ui/page/paths.ts'
import { type Filters, filterQuery, isNarrowed, NARROWING_NOTHING } from '../filters.ts'
import { t } from '../words/en.ts'
import css from './SubmissionList.module.css'
import { hideable, SubmissionTable } from './SubmissionTable.tsx'

type ListProps = {
  page: SubmissionPage | undefined
  isLoading: boolean
  /** How many arrived since the page was read. */
  fresh: number | 'many'
  retry: () => Promise<unknown>
  filters: ListAddress<Filters>
  isAdmin: boolean
}

/** The list with its tools, or why it is empty. */
export function SubmissionList({ page, isLoading, fresh, retry, filters, isAdmin }: ListProps) {
  const showFresh = () => (filters.value.page === 1 ? void retry() : filters.choose({ page: 1 }))
  return (
    <List
      page={page}
      isLoading={isLoading}
      listing={filters.value}
      onChange={filters.choose}
      title={isAdmin ? t.everybodys.list : t.own.list}
      news={<LivePill fresh={fresh} onShow={showFresh} />}
      tools={
        <>
          <ColumnsMenu filters={filters} isAdmin={isAdmin} />
          <FormatMenu
            label={t.export}
            onChoose={(format) => void exportSubmissions(format, filterQuery(filters.value, TIME_ZONE, isAdmin))}
          />
        </>
      }
      empty={<NoSubmissions filters={filters} isAdmin={isAdmin} />}
    >
      <SubmissionTable items={page?.items} filters={filters} isAdmin={isAdmin} />
    </List>
  )
}

/** A button that says how many submissions arrived, and shows them. */
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

function NoSubmissions({ filters, isAdmin }: Pick<ListProps, 'filters' | 'isAdmin'>) {
  const words = isAdmin ? t.everybodys : t.own
  const asked: Filters = isAdmin ? filters.value : { ...filters.value, email: '' }
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
function ColumnsMenu({ filters, isAdmin }: Pick<ListProps, 'filters' | 'isAdmin'>) {
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
