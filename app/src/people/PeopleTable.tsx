import type { UserSummary } from '@jotc/core/api/users'
import clsx from 'clsx'
import { fill, format } from '#i18n/format.ts'
import { Link } from '#ui/Link.tsx'
import layout from '#ui/layout.module.css'
import type { ListAddress } from '#ui/list/address.ts'
import table from '#ui/list/Table.module.css'
import { Cell, Header, Row, type SkeletonCell, SkeletonRows, SortHeader, Table } from '#ui/list/Table.tsx'
import type { Filters } from './filters.ts'
import css from './PeopleTable.module.css'
import { PersonMenu, submissionsPath } from './PersonMenu.tsx'
import { t } from './words/en.ts'

type TableProps = { items: readonly UserSummary[] | undefined; filters: ListAddress<Filters>; ownId: string }

/** People as a table; on phones each row folds to two lines. */
export function PeopleTable({ items, filters, ownId }: TableProps) {
  const sorting = { sorting: filters.value, onSort: filters.choose }
  const head = (
    <>
      <SortHeader by="name" label={t.columns.name} first="asc" {...sorting} />
      <SortHeader by="email" label={t.columns.email} first="asc" {...sorting} />
      <Header>{t.columns.role}</Header>
      <SortHeader by="submissions" label={t.columns.submissions} first="desc" className={table.right} {...sorting} />
      <Header>
        <span className={layout.hidden}>{t.columns.actions}</span>
      </Header>
    </>
  )
  return (
    <Table className={css.table} aria-label={t.title} head={head}>
      {items ? (
        items.map((person) => <PersonRow key={person.id} person={person} isOwn={person.id === ownId} />)
      ) : (
        <SkeletonRows widths={WIDTHS} cells={SKELETONS} />
      )}
    </Table>
  )
}

/** Of the placeholders of names. */
const WIDTHS = [120, 96, 140, 110, 90, 130, 104, 120]
const SKELETONS: readonly SkeletonCell[] = [
  { width: 170, className: clsx(table.grow, css.email) },
  { width: 48 },
  { width: 34, isRight: true },
  { width: 20, isRight: true, className: css.actions },
]

function PersonRow({ person, isOwn }: { person: UserSummary; isOwn: boolean }) {
  const { email, role, submissions } = person
  const name = `${person.firstName} ${person.lastName}`
  return (
    <Row>
      <Cell className={css.name} title={name}>
        <span>{name}</span> {isOwn && <span className={css.you}>{t.you}</span>}
      </Cell>
      <Cell className={`${table.grow} ${css.email}`} title={email}>
        {email}
      </Cell>
      <Cell className={css.role}>{t.roles[role]}</Cell>
      <Cell className={clsx(table.unit, css.submissions)}>
        <Link className={layout.lone} href={submissionsPath(person)} aria-label={t.submissionsOf(name, submissions)}>
          {fill(t.submissions(submissions), { number: format.number(submissions) })}
        </Link>
      </Cell>
      <Cell className={css.actions}>
        <PersonMenu person={person} name={name} isOwn={isOwn} />
      </Cell>
    </Row>
  )
}
