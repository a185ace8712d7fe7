import type { Role } from '@jotc/core/api/account'
import type { UserSummary } from '@jotc/core/api/users'
import { useState } from 'react'
import { t } from '#words/people'
import { Button } from '../../kit/Button.tsx'
import field from '../../kit/Field.module.css'
import { format } from '../../kit/format.ts'
import { Link } from '../../kit/Link.tsx'
import layout from '../../kit/layout.module.css'
import { PATHS } from '../../kit/paths.ts'
import table from '../../kit/Table.module.css'
import css from './PeopleTable.module.css'
import { RemoveDialog, RoleDialog } from './PersonDialogs.tsx'

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
          kind="bad"
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
