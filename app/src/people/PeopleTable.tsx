import type { UserSummary } from '@jotc/core/api/users'
import clsx from 'clsx'
import layout from '#ui/layout.module.css'
import { Skeleton } from '#ui/Skeleton.tsx'
import { SortHeader } from '#ui/SortHeader.tsx'
import table from '#ui/Table.module.css'
import css from './PeopleTable.module.css'
import { PersonRow } from './PersonRow.tsx'
import type { FiltersInUrl } from './useFilters.ts'
import { t } from './words/en.ts'

type TableProps = { items: readonly UserSummary[] | undefined; filters: FiltersInUrl; ownId: string }

/**
 * People as a table; on phones each row folds to three lines. The roles are written out, because
 * assistive technology takes a table whose parts are laid out as blocks for none.
 */
export function PeopleTable({ items, filters, ownId }: TableProps) {
  const sorting = { sorting: filters.value, onSort: filters.choose }
  return (
    // biome-ignore-start lint/a11y/noRedundantRoles: see above
    <table className={clsx(table.table, css.table)} role="table" aria-label={t.title}>
      <thead role="rowgroup">
        <tr role="row">
          <SortHeader by="name" label={t.columns.name} first="asc" {...sorting} />
          <SortHeader by="email" label={t.columns.email} first="asc" {...sorting} />
          <th scope="col" role="columnheader">
            {t.columns.role}
          </th>
          <SortHeader
            by="submissions"
            label={t.columns.submissions}
            first="desc"
            className={table.right}
            {...sorting}
          />
          <th scope="col" role="columnheader">
            <span className={layout.hidden}>{t.columns.actions}</span>
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {items
          ? items.map((person) => <PersonRow key={person.id} person={person} isOwn={person.id === ownId} />)
          : WIDTHS.map((width, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: placeholders never move
              <tr key={row} role="row">
                {[width, 170, 112, 34, 130].map((skeleton, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: placeholders never move
                  <td key={column} role="cell" className={clsx(column === 1 && [table.grow, css.email])}>
                    <Skeleton width={skeleton} className={clsx(column > 2 && table.skeletonRight)} />
                  </td>
                ))}
              </tr>
            ))}
      </tbody>
    </table>
    // biome-ignore-end lint/a11y/noRedundantRoles: see above
  )
}

/** Of the placeholders of names. */
const WIDTHS = [120, 96, 140, 110, 90, 130, 104, 120]
