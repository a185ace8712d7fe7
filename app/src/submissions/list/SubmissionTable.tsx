import type { SortKey, Submission } from '@jotc/core/api/jotc'
import type { Board } from '@jotc/core/board'
import { boardToLink } from '@jotc/core/link'
import clsx from 'clsx'
import type { KeyboardEvent, ReactNode } from 'react'
import { PATHS } from '#frame/paths.ts'
import { formatFullMoment, formatMoment } from '#i18n/dates.ts'
import { fill, format } from '#i18n/format.ts'
import { BoardPictogram } from '#sky/BoardPictogram.tsx'
import { Link } from '#ui/Link.tsx'
import type { ListAddress } from '#ui/list/address.ts'
import table from '#ui/list/Table.module.css'
import { Blocked, Cell, Header, Row, SkeletonRows, SortHeader, Table } from '#ui/list/Table.tsx'
import type { Filters } from '../filters.ts'
import { t } from '../words/en.ts'
import css from './SubmissionTable.module.css'

type TableProps = { items: readonly Submission[] | undefined; filters: ListAddress<Filters>; isAdmin: boolean }

/** The list as a table; on phones each row folds to two lines. */
export function SubmissionTable({ items, filters, isAdmin }: TableProps) {
  const columns = columnsFor(isAdmin, filters.value.hide)
  const head = columns.map(({ key, isRight }) =>
    key === 'board' ? (
      <Header key={key} className={clsx(table.grow, css.boards)}>
        {t.columns.board}
      </Header>
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
  )
  return (
    <Table
      className={css.table}
      aria-label={isAdmin ? t.everybodys.title : t.own.title}
      head={head}
      onKeyDown={moveByKey}
    >
      {items ? (
        items.map((submission) => <SubmissionRow key={submission.id} submission={submission} columns={columns} />)
      ) : (
        <SkeletonRows
          widths={WIDTHS}
          cells={columns.slice(1).map(({ skeleton, ...cell }) => ({ width: skeleton, ...cell }))}
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

function SubmissionRow({ submission, columns }: { submission: Submission; columns: readonly Column[] }) {
  return (
    <Row>
      {columns.map(({ key }) => {
        const { className, content, ...rest } = CELLS[key](submission)
        return (
          <Cell key={key} className={className} {...rest}>
            {content}
          </Cell>
        )
      })}
    </Row>
  )
}

type Content = { className: string | undefined; content: ReactNode; title?: string }

const CELLS: Record<Column['key'], (submission: Submission) => Content> = {
  board: (submission) => ({ className: css.board, content: <BoardLink submission={submission} /> }),
  size: ({ size }) => ({
    className: clsx(css.size, table.unit),
    content: fill(t.clouds(size), { number: format.number(size) }),
  }),
  total: ({ total, playedJumps }) => ({
    className: clsx(css.total, table.unit),
    content: total === null ? <Blocked label={t.isBlocked} /> : <Jumps total={total} played={playedJumps} />,
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

/** The fewest jumps; before them those of the person who played the board. */
function Jumps({ total, played }: { total: number; played: number | null }) {
  const number = format.number(total)
  if (played === null) return fill(t.jumps(total), { number })
  return fill(t.jumpsPlayed, { number, played: <i className={css.played}>{t.played(played)}</i> })
}

/** The board as a pictogram that opens it; its target is the whole row. */
function BoardLink({ submission }: { submission: Submission }) {
  const { clouds, size, blockedAt } = submission
  const thunderheads = clouds.replaceAll('0', '').length
  const name = t.board(size, thunderheads)
  // The service answers only boards.
  const href = `${PATHS.board}#${boardToLink(clouds as Board)}`
  return (
    <Link href={href} className={clsx(css.link, table.whole)} aria-label={name}>
      <BoardPictogram clouds={clouds} blockedAt={blockedAt} />
    </Link>
  )
}

type Column = { key: 'board' | SortKey; isRight?: boolean; skeleton?: number }

const COLUMNS: readonly Column[] = [
  { key: 'board' },
  { key: 'size', isRight: true, skeleton: 34 },
  { key: 'total', isRight: true, skeleton: 28 },
  { key: 'email', skeleton: 140 },
  { key: 'createdAt', isRight: true, skeleton: 84 },
]

/** The columns that can be hidden: all but the board. A list of one's own has no email. */
export function hideable(isAdmin: boolean): SortKey[] {
  const keys = COLUMNS.flatMap(({ key }) => (key === 'board' ? [] : [key]))
  return keys.filter((key) => isAdmin || key !== 'email')
}

/** The shown columns, in order. */
function columnsFor(isAdmin: boolean, hidden: readonly SortKey[]): readonly Column[] {
  const shown = hideable(isAdmin).filter((key) => !hidden.includes(key))
  return COLUMNS.filter(({ key }) => key === 'board' || shown.includes(key))
}
