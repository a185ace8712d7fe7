import type { Submission } from '@jotc/core/api/jotc'
import type { Board } from '@jotc/core/board'
import { boardToLink } from '@jotc/core/link'
import clsx from 'clsx'
import type { KeyboardEvent, ReactNode } from 'react'
import { PATHS } from '#frame/paths.ts'
import { formatFullMoment, formatMoment } from '#i18n/dates.ts'
import { fill } from '#i18n/fill.ts'
import { format } from '#i18n/format.ts'
import { BoardPictogram } from '#sky/BoardPictogram.tsx'
import { Link } from '#ui/Link.tsx'
import { Skeleton } from '#ui/Skeleton.tsx'
import table from '#ui/Table.module.css'
import { Blocked, SortHeader } from '#ui/Table.tsx'
import type { FiltersInUrl } from '../useFilters.ts'
import { t } from '../words/en.ts'
import { type Column, columnsFor } from './columns.ts'
import css from './SubmissionTable.module.css'

type TableProps = { items: readonly Submission[] | undefined; filters: FiltersInUrl; isAdmin: boolean }

/**
 * The list as a table; on phones each row folds to two lines. The roles are written out, because
 * assistive technology takes a table whose parts are laid out as blocks for none.
 */
export function SubmissionTable({ items, filters, isAdmin }: TableProps) {
  const columns = columnsFor(isAdmin, filters.value.hide)
  return (
    // biome-ignore-start lint/a11y/noRedundantRoles: see above
    <table
      className={clsx(table.table, css.table)}
      role="table"
      aria-label={isAdmin ? t.everybodys.title : t.own.title}
    >
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ key, isRight }) =>
            key === 'board' ? (
              <th key={key} scope="col" role="columnheader" className={clsx(table.grow, css.boards)}>
                {t.columns.board}
              </th>
            ) : (
              <SortHeader
                key={key}
                by={key}
                label={t.columns[key]}
                first={key === 'email' ? 'asc' : 'desc'}
                className={clsx(isRight && table.right)}
                sorting={filters.value}
                onSort={filters.choose}
              />
            ),
          )}
        </tr>
      </thead>
      <tbody role="rowgroup" onKeyDown={moveByKey}>
        {items
          ? items.map((submission) => <SubmissionRow key={submission.id} submission={submission} columns={columns} />)
          : WIDTHS.map((width, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: placeholders never move
              <tr key={row} role="row">
                {columns.map(({ key, isRight, skeleton }) => (
                  <td key={key} role="cell">
                    <Skeleton
                      width={key === 'board' ? width : skeleton}
                      className={clsx(isRight && table.skeletonRight)}
                    />
                  </td>
                ))}
              </tr>
            ))}
      </tbody>
    </table>
    // biome-ignore-end lint/a11y/noRedundantRoles: see above
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

function SubmissionRow({ submission, columns }: { submission: Submission; columns: readonly Column[] }) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: see SubmissionTable
    <tr role="row">
      {columns.map(({ key }) => {
        const { className, content, ...rest } = CELLS[key](submission)
        return (
          // biome-ignore lint/a11y/noRedundantRoles: see SubmissionTable
          <td key={key} role="cell" className={className} {...rest}>
            {content}
          </td>
        )
      })}
    </tr>
  )
}

type Cell = { className: string | undefined; content: ReactNode; title?: string }

const CELLS: Record<Column['key'], (submission: Submission) => Cell> = {
  board: (submission) => ({ className: css.board, content: <BoardLink submission={submission} /> }),
  size: ({ size }) => ({
    className: clsx(css.size, table.unit),
    content: fill(t.clouds(size), { number: format.number(size) }),
  }),
  total: ({ total }) => ({
    className: clsx(css.total, table.unit),
    content: total === null ? <Blocked label={t.isBlocked} /> : fill(t.jumps(total), { number: format.number(total) }),
  }),
  email: ({ email }) => ({ className: css.email, title: email, content: email }),
  createdAt: ({ createdAt }) => ({
    className: css.time,
    content: (
      <time dateTime={createdAt} title={formatFullMoment(createdAt)}>
        {formatMoment(createdAt)}
      </time>
    ),
  }),
}

/** The board as a pictogram that opens it; its target is the whole row. */
function BoardLink({ submission }: { submission: Submission }) {
  const { clouds, size, blockedAt } = submission
  const thunderheads = clouds.replaceAll('0', '').length
  const name = t.board(size, thunderheads)
  // What the service answers as `clouds` is a board.
  const href = `${PATHS.board}#${boardToLink(clouds as Board)}`
  return (
    <Link href={href} className={css.link} aria-label={name}>
      <BoardPictogram clouds={clouds} blockedAt={blockedAt} />
    </Link>
  )
}
