import type { Role } from '@jotc/core/api/account'
import type { UserSummary } from '@jotc/core/api/users'
import clsx from 'clsx'
import { useState } from 'react'
import { PATHS } from '#frame/paths.ts'
import { fill } from '#i18n/fill.ts'
import { format } from '#i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import field from '#ui/Field.module.css'
import { Link } from '#ui/Link.tsx'
import layout from '#ui/layout.module.css'
import { Skeleton } from '#ui/Skeleton.tsx'
import table from '#ui/Table.module.css'
import { SortHeader } from '#ui/Table.tsx'
import css from './PeopleTable.module.css'
import { RemoveDialog, RoleDialog } from './PersonDialogs.tsx'
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

type Asking = { about: 'submissions' } | { about: 'role'; role: Role }

function PersonRow({ person, isOwn }: { person: UserSummary; isOwn: boolean }) {
  const [asking, setAsking] = useState<Asking>()
  const { email, role, submissions } = person
  const name = `${person.firstName} ${person.lastName}`
  const stop = () => setAsking(undefined)
  return (
    // biome-ignore-start lint/a11y/noRedundantRoles: see PeopleTable
    <tr role="row">
      <td role="cell" className={css.name} title={name}>
        {name}
      </td>
      <td role="cell" className={`${table.grow} ${css.email}`} title={email}>
        {email}
      </td>
      <td role="cell" className={css.role}>
        <span className={field.field}>
          <select
            className={css.select}
            aria-label={t.roleOf(name)}
            value={role}
            onChange={(event) => setAsking({ about: 'role', role: event.target.value as Role })}
          >
            <option value="user">{t.roles.user}</option>
            <option value="admin">{t.roles.admin}</option>
          </select>
        </span>
      </td>
      <td role="cell" className={clsx(table.unit, css.submissions)}>
        <Link
          className={layout.lone}
          href={`${PATHS.submissions}?${new URLSearchParams({ email })}`}
          aria-label={t.submissionsOf(name, submissions)}
        >
          {fill(t.submissions(submissions), { number: format.number(submissions) })}
        </Link>
      </td>
      <td role="cell" className={css.actions}>
        <Button
          variant="danger"
          small
          icon="clear"
          aria-label={t.removeOf(name)}
          isDisabled={submissions === 0}
          onPress={() => setAsking({ about: 'submissions' })}
        >
          <span className={css.remove}>{t.remove}</span>
        </Button>
        {asking?.about === 'submissions' && <RemoveDialog person={person} name={name} onClose={stop} />}
        {asking?.about === 'role' && (
          <RoleDialog person={person} name={name} role={asking.role} isOwn={isOwn} onClose={stop} />
        )}
      </td>
    </tr>
    // biome-ignore-end lint/a11y/noRedundantRoles: see PeopleTable
  )
}
