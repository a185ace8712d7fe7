import type { SortKey } from '@jotc/core/api/jotc'
import { t } from '#words/submissions'
import { Icon } from '../../kit/Icon.tsx'
import css from './SubmissionTable.module.css'
import type { FiltersInUrl } from './useFilters.ts'

type SortHeaderProps = { by: SortKey; className?: string | undefined; filters: FiltersInUrl }

/** A header that sorts: first in the direction that is asked for most, then the other way round. */
export function SortHeader({ by, className, filters }: SortHeaderProps) {
  const { sort, sortBy } = filters.value
  const isSorted = sortBy === by
  const next = isSorted ? (sort === 'asc' ? 'desc' : 'asc') : by === 'email' ? 'asc' : 'desc'
  const direction = sort === 'asc' ? 'ascending' : 'descending'
  return (
    // biome-ignore lint/a11y/noRedundantRoles: see SubmissionTable
    <th scope="col" role="columnheader" className={className} aria-sort={isSorted ? direction : undefined}>
      <button type="button" className={css.sort} onClick={() => filters.choose({ sortBy: by, sort: next })}>
        {t.columns[by]}
        <Icon name={isSorted ? sort : 'both'} />
      </button>
    </th>
  )
}
