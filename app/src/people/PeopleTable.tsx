import type { Role } from '@jotc/core/api/account'
import type { UserSummary } from '@jotc/core/api/users'
import { useQueryClient } from '@tanstack/react-query'
import clsx from 'clsx'
import { useState } from 'react'
import { refreshRoleAfterRefusal } from '#api/query-client.ts'
import { session } from '#api/session.ts'
import { useAttempt } from '#api/useAttempt.ts'
import { PATHS } from '#frame/paths.ts'
import { fill, format } from '#i18n/format.ts'
import { ConfirmDialog } from '#ui/feedback/ConfirmDialog.tsx'
import { toast } from '#ui/feedback/toast.tsx'
import { Link } from '#ui/Link.tsx'
import layout from '#ui/layout.module.css'
import type { ListAddress } from '#ui/list/address.ts'
import table from '#ui/list/Table.module.css'
import { Cell, Header, Row, type SkeletonCell, SkeletonRows, SortHeader, Table } from '#ui/list/Table.tsx'
import { Menu } from '#ui/Menu.tsx'
import type { Filters } from './filters.ts'
import css from './PeopleTable.module.css'
import { changeRole, removeSubmissions } from './queries.ts'
import { t } from './words/en.ts'

type TableProps = { items: readonly UserSummary[] | undefined; filters: ListAddress<Filters>; ownId: string }

/** People as a table; on phones each row folds to two lines. */
export function PeopleTable({ items, filters, ownId }: TableProps) {
  const sorting = { sorting: filters.value, onSort: filters.choose }
  const head = (
    <>
      <SortHeader by="name" label={t.columns.name} first="asc" {...sorting} />
      <SortHeader by="email" label={t.columns.email} first="asc" {...sorting} />
      <Header>{t.columns.role}</Header>
      <SortHeader by="submissions" label={t.columns.submissions} first="desc" className={table.right} {...sorting} />
      <Header>
        <span className={layout.hidden}>{t.columns.actions}</span>
      </Header>
    </>
  )
  return (
    <Table className={css.table} aria-label={t.title} head={head}>
      {items ? (
        items.map((person) => <PersonRow key={person.id} person={person} isOwn={person.id === ownId} />)
      ) : (
        <SkeletonRows widths={WIDTHS} cells={SKELETONS} />
      )}
    </Table>
  )
}

/** Of the placeholders of names. */
const WIDTHS = [120, 96, 140, 110, 90, 130, 104, 120]
const SKELETONS: readonly SkeletonCell[] = [
  { width: 170, className: clsx(table.grow, css.email) },
  { width: 48 },
  { width: 34, isRight: true },
  { width: 20, isRight: true, className: css.actions },
]

type Asking = { about: 'submissions' } | { about: 'role'; role: Role }

function PersonRow({ person, isOwn }: { person: UserSummary; isOwn: boolean }) {
  const [asking, setAsking] = useState<Asking>()
  const { email, role, submissions } = person
  const name = `${person.firstName} ${person.lastName}`
  const stop = () => setAsking(undefined)
  const other = role === 'admin' ? 'user' : 'admin'
  const roleChange = {
    key: 'role',
    text: roleWords(other, isOwn).confirm,
    onChoose: () => setAsking({ about: 'role', role: other }),
  }
  const removal = {
    key: 'remove',
    text: t.removeMenu(submissions),
    isDestructive: true,
    onChoose: () => setAsking({ about: 'submissions' }),
  }
  const entries = submissions > 0 ? [roleChange, removal] : [roleChange]
  return (
    <Row>
      <Cell className={css.name} title={name}>
        {name}
      </Cell>
      <Cell className={`${table.grow} ${css.email}`} title={email}>
        {email}
      </Cell>
      <Cell className={css.role}>{t.roles[role]}</Cell>
      <Cell className={clsx(table.unit, css.submissions)}>
        <Link
          className={layout.lone}
          href={`${PATHS.submissions}?${new URLSearchParams({ email })}`}
          aria-label={t.submissionsOf(name, submissions)}
        >
          {fill(t.submissions(submissions), { number: format.number(submissions) })}
        </Link>
      </Cell>
      <Cell className={css.actions}>
        <Menu square icon="more" label={t.more(name)} heading={name} entries={entries} />
        {asking?.about === 'submissions' && <RemoveDialog person={person} name={name} onClose={stop} />}
        {asking?.about === 'role' && (
          <RoleDialog person={person} name={name} role={asking.role} isOwn={isOwn} onClose={stop} />
        )}
      </Cell>
    </Row>
  )
}

/** How a role is given or taken. */
function roleWords(role: Role, isOwn: boolean) {
  if (role === 'admin') return t.promote
  return isOwn ? t.demoteYourself : t.demote
}

type RemoveDialogProps = { person: UserSummary; name: string; onClose: () => void }

/** Removes all submissions of a person, once that was confirmed. */
function RemoveDialog({ person, name, onClose }: RemoveDialogProps) {
  const { run, isBusy, problem } = useDialogAction(onClose)
  const { submissions } = person

  const confirm = () =>
    run(async () => {
      const { removed } = await removeSubmissions(person.id)
      toast.success({ title: t.removed, detail: t.removedDetail(name, removed) })
    })

  return (
    <ConfirmDialog
      title={t.removeTitle(name)}
      detail={t.removeDetail(submissions)}
      confirm={isBusy ? t.removing : t.removeConfirm(submissions)}
      cancel={t.removeKeep}
      isDestructive
      isBusy={isBusy}
      problemTitle={t.notRemoved}
      problem={problem}
      onConfirm={confirm}
      onClose={onClose}
    />
  )
}

type RoleDialogProps = { person: UserSummary; name: string; role: Role; isOwn: boolean; onClose: () => void }

/** Changes a role, once that was confirmed. The service keeps the last administrator, and says so here. */
function RoleDialog({ person, name, role, isOwn, onClose }: RoleDialogProps) {
  const { run, isBusy, problem } = useDialogAction(onClose)
  const words = roleWords(role, isOwn)

  const confirm = () =>
    run(async () => {
      const changed = await changeRole(person.id, role)
      if (isOwn) session.renew(changed)
      toast.success({ title: t.roleChanged, detail: t.roleChangedDetail[role](name) })
    })

  return (
    <ConfirmDialog
      title={words.title(name)}
      detail={words.detail}
      confirm={isBusy ? t.changing : words.confirm}
      cancel={words.keep}
      isDestructive={role === 'user'}
      isBusy={isBusy}
      problemTitle={t.roleNotChanged}
      problem={problem}
      onConfirm={confirm}
      onClose={onClose}
    />
  )
}

/** What a dialog does to others' accounts: it closes when that is done, and all that was read before is read anew. */
function useDialogAction(close: () => void) {
  const queryClient = useQueryClient()
  const { attempt, isBusy, problem } = useAttempt()
  const run = (action: () => Promise<void>) =>
    void attempt(async () => {
      try {
        await action()
      } catch (error) {
        refreshRoleAfterRefusal(error)
        throw error
      }
      // Who gave up their own role may not read it any more.
      if (session.get()?.user.role === 'admin') await queryClient.invalidateQueries()
      close()
    })
  return { run, isBusy, problem }
}
