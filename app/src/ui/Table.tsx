import { Icon } from './Icon.tsx'
import css from './Table.module.css'

type Sorting<Key extends string> = { sortBy: Key; sort: 'asc' | 'desc' }

type SortHeaderProps<Key extends string> = {
  by: Key
  label: string
  /** The direction that is asked for most: the one of the first press. */
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
    // biome-ignore lint/a11y/noRedundantRoles: laid out as blocks on phones, a table keeps its meaning by its roles
    <th scope="col" role="columnheader" className={className} aria-sort={isSorted ? direction : undefined}>
      <button type="button" className={css.sort} onClick={() => onSort({ sortBy: by, sort: next })}>
        {label}
        <Icon name={isSorted ? sorting.sort : 'both'} />
      </button>
    </th>
  )
}

/** In a table, in place of the fewest jumps: that there is no route. */
export function Blocked({ label }: { label: string }) {
  return (
    <b className={css.blocked}>
      <Icon name="stop" />
      {label}
    </b>
  )
}
