import type { SortKey, Submission } from '@jotc/core/api/jotc'
import clsx from 'clsx'
import type { KeyboardEvent } from 'react'
import layout from '#ui/layout.module.css'
import type { ListAddress } from '#ui/list/address.ts'
import table from '#ui/list/Table.module.css'
import { Header, SkeletonRows, SortHeader, Table } from '#ui/list/Table.tsx'
import type { Filters } from '../filters.ts'
import { t } from '../words/en.ts'
import { type ColumnKey, SubmissionRow } from './SubmissionRow.tsx'
import css from './SubmissionTable.module.css'

type TableProps = { items: readonly Submission[] | undefined; filters: ListAddress<Filters>; isAdmin: boolean }

/** The list as a table; on phones each row folds to two lines. */
export function SubmissionTable({ items, filters, isAdmin }: TableProps) {
  const columns = columnsFor(isAdmin, filters.value.hide)
  const head = columns.map(({ key, isRight }) => {
    if (key === 'board' || key === 'actions') {
      return (
        <Header key={key} className={clsx(key === 'board' && css.boards)}>
          <span className={clsx(key === 'actions' && layout.hidden)}>{t.columns[key]}</span>
        </Header>
      )
    }
    return (
      <SortHeader
        key={key}
        by={key}
        label={t.columns[key]}
        first={key === 'email' ? 'asc' : 'desc'}
        className={clsx(isRight && table.right, css[`${key}Head`])}
        sorting={filters.value}
        onSort={filters.choose}
      />
    )
  })
  return (
    <Table
      className={css.table}
      aria-label={isAdmin ? t.everybodys.title : t.own.title}
      head={head}
      onKeyDown={moveByKey}
    >
      {items ? (
        items.map((submission) => (
          <SubmissionRow key={submission.id} submission={submission} columns={columns.map(({ key }) => key)} />
        ))
      ) : (
        <SkeletonRows
          widths={WIDTHS}
          className={css.board}
          cells={columns
            .slice(1)
            .map(({ key, isRight, skeleton }) => ({ width: skeleton, isRight, className: css[key] }))}
        />
      )}
    </Table>
  )
}

/** Of the placeholders of boards. */
const WIDTHS = [210, 120, 190, 80, 170, 210, 120, 190, 80, 170, 210, 120]

/** Arrows move from row to row, Home and End to the first and the last one; Enter opens, as on any link. */
function moveByKey(event: KeyboardEvent<HTMLElement>): void {
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('a')]
  const place = links.indexOf(event.target as HTMLElement)
  const next = { ArrowUp: place - 1, ArrowDown: place + 1, Home: 0, End: links.length - 1 }[event.key]
  if (place === -1 || next === undefined || event.altKey || event.ctrlKey || event.metaKey) return
  event.preventDefault()
  links[next]?.focus()
}

type Column = { key: ColumnKey; isRight?: boolean; skeleton?: number }

const COLUMNS: readonly Column[] = [
  { key: 'board' },
  { key: 'size', isRight: true, skeleton: 34 },
  { key: 'total', isRight: true, skeleton: 28 },
  { key: 'email', skeleton: 140 },
  { key: 'createdAt', isRight: true, skeleton: 84 },
  { key: 'actions', isRight: true, skeleton: 20 },
]

/** The columns that can be hidden: all that have values of their own. A list of one's own has no email. */
export function hideable(isAdmin: boolean): SortKey[] {
  const keys = COLUMNS.flatMap(({ key }) => (key === 'board' || key === 'actions' ? [] : [key]))
  return keys.filter((key) => isAdmin || key !== 'email')
}

/** The shown columns, in order. */
function columnsFor(isAdmin: boolean, hidden: readonly SortKey[]): readonly Column[] {
  const isLeftOut = (key: ColumnKey) => (key === 'email' && !isAdmin) || hidden.some((name) => name === key)
  return COLUMNS.filter(({ key }) => !isLeftOut(key))
}
