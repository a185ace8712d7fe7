import type { Submission } from '@jotc/core/api/jotc'
import clsx from 'clsx'
import { t } from '#words/submissions'
import { Bone } from '../../kit/Bone.tsx'
import { SortHeader } from '../../kit/SortHeader.tsx'
import look from '../../kit/Table.module.css'
import { columnsFor } from './columns.ts'
import { moveByKey } from './row-keys.ts'
import { SubmissionRow } from './SubmissionRow.tsx'
import css from './SubmissionTable.module.css'
import type { FiltersInUrl } from './useFilters.ts'

type TableProps = { items: readonly Submission[] | undefined; filters: FiltersInUrl; isAdmin: boolean }

/**
 * The list as a table; on phones each row folds to two lines. The roles are told, because a table whose
 * parts are laid out as blocks is no table any more to assistive technology.
 */
export function SubmissionTable({ items, filters, isAdmin }: TableProps) {
  const columns = columnsFor(isAdmin, filters.value.hide)
  return (
    // biome-ignore-start lint/a11y/noRedundantRoles: see above
    <table className={clsx(look.table, css.table)} role="table" aria-label={t.title}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ key, isRight }) =>
            key === 'board' ? (
              <th key={key} scope="col" role="columnheader" className={clsx(look.grow, css.boards)}>
                {t.columns.board}
              </th>
            ) : (
              <SortHeader
                key={key}
                by={key}
                label={t.columns[key]}
                first={key === 'email' ? 'asc' : 'desc'}
                className={clsx(isRight && look.right)}
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
              // biome-ignore lint/suspicious/noArrayIndexKey: bones never move
              <tr key={row} role="row">
                {columns.map(({ key, isRight, bone }) => (
                  <td key={key} role="cell">
                    <Bone width={key === 'board' ? width : bone} className={clsx(isRight && look.boneRight)} />
                  </td>
                ))}
              </tr>
            ))}
      </tbody>
    </table>
    // biome-ignore-end lint/a11y/noRedundantRoles: see above
  )
}

/** Of the bones in the place of boards. */
const WIDTHS = [210, 120, 190, 80, 170, 210, 120, 190, 80, 170, 210, 120]
