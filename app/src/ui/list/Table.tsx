import clsx from 'clsx'
import type { ComponentProps, ReactNode } from 'react'
import { Icon } from '#ui/Icon.tsx'
import css from './Table.module.css'

// biome-ignore-start lint/a11y/noRedundantRoles: on phones the rows fold, and what is laid out as blocks would be no table any more

type TableProps = ComponentProps<'table'> & {
  /** The cells of its head. */
  head: ReactNode
  /** Its rows. */
  children: ReactNode
}

/** A table whose rows fold to a few lines on phones. */
export function Table({ head, children, className, ...props }: TableProps) {
  return (
    <table className={clsx(css.table, className)} role="table" {...props}>
      <thead role="rowgroup">
        <Row>{head}</Row>
      </thead>
      <tbody role="rowgroup">{children}</tbody>
    </table>
  )
}

export function Row({ children }: { children: ReactNode }) {
  return <tr role="row">{children}</tr>
}

export function Cell(props: ComponentProps<'td'>) {
  return <td role="cell" {...props} />
}

export function Header(props: ComponentProps<'th'>) {
  return <th scope="col" role="columnheader" {...props} />
}

// biome-ignore-end lint/a11y/noRedundantRoles: see above

/** A grey bar in place of something that loads. */
export function Skeleton({
  width,
  height,
  className,
}: {
  width?: number | undefined
  height?: number
  className?: string | undefined
}) {
  return <span className={clsx(css.skeleton, className)} style={{ width, height }} />
}

type SkeletonRowsProps = {
  /** Of the first cell of each row, in px. */
  widths: readonly number[]
  /** Of the other cells. */
  cells: readonly SkeletonCell[]
  /** Of the first cell. */
  className?: string | undefined
}
export type SkeletonCell = { width?: number | undefined; isRight?: boolean | undefined; className?: string | undefined }

/** Rows in place of those that load. */
export function SkeletonRows({ widths, cells, className }: SkeletonRowsProps) {
  return widths.map((first, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: placeholders never move
    <Row key={row}>
      {[{ width: first, className }, ...cells].map(({ width, isRight, className }: SkeletonCell, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        <Cell key={column} className={className}>
          <Skeleton width={width} className={clsx(isRight && css.skeletonRight)} />
        </Cell>
      ))}
    </Row>
  ))
}

type Sorting<Key extends string> = { sortBy: Key; sort: 'asc' | 'desc' }

type SortHeaderProps<Key extends string> = {
  by: Key
  label: string
  /** The direction after the first press: the one wanted most. */
  first: 'asc' | 'desc'
  sorting: Sorting<Key>
  onSort: (sorting: Sorting<Key>) => void
  className?: string | undefined
}

/** The header of a column that sorts: first in its usual direction, then the other way round. */
export function SortHeader<Key extends string>(props: SortHeaderProps<Key>) {
  const { by, label, first, sorting, onSort, className } = props
  const isSorted = sorting.sortBy === by
  const next = isSorted ? (sorting.sort === 'asc' ? 'desc' : 'asc') : first
  const direction = sorting.sort === 'asc' ? 'ascending' : 'descending'
  return (
    <Header className={className} aria-sort={isSorted ? direction : undefined}>
      <button type="button" className={css.sort} onClick={() => onSort({ sortBy: by, sort: next })}>
        {label}
        <Icon name={isSorted ? sorting.sort : 'both'} />
      </button>
    </Header>
  )
}

/** In place of the number of jumps: there is no route. */
export function Blocked({ label }: { label: string }) {
  return (
    <b className={css.blocked}>
      <Icon name="stop" />
      {label}
    </b>
  )
}
