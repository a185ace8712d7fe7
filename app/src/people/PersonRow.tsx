import type { Role } from '@jotc/core/api/account'
import type { UserSummary } from '@jotc/core/api/users'
import { useState } from 'react'
import { PATHS } from '#frame/paths.ts'
import { format } from '#i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import field from '#ui/Field.module.css'
import { Link } from '#ui/Link.tsx'
import layout from '#ui/layout.module.css'
import table from '#ui/Table.module.css'
import css from './PeopleTable.module.css'
import { RemoveDialog, RoleDialog } from './PersonDialogs.tsx'
import { t } from './words/en.ts'

type Asking = { about: 'submissions' } | { about: 'role'; role: Role }

export function PersonRow({ person, isOwn }: { person: UserSummary; isOwn: boolean }) {
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
      <td role="cell" className={css.submissions} data-unit={t.sent}>
        <Link
          className={layout.lone}
          href={`${PATHS.submissions}?${new URLSearchParams({ email })}`}
          aria-label={t.submissionsOf(name, submissions)}
        >
          {format.number(submissions)}
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
