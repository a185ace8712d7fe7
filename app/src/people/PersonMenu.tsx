import type { Role, User } from '@jotc/core/api/account'
import type { Removal, RoleChange, UserSummary } from '@jotc/core/api/users'
import { type ComponentProps, useState } from 'react'
import { navigate } from 'wouter/use-browser-location'
import { api } from '#api/client.ts'
import { queryClient, refreshRoleAfterRefusal } from '#api/query-client.ts'
import { session } from '#api/session.ts'
import { ConfirmDialog } from '#ui/feedback/ConfirmDialog.tsx'
import { toast } from '#ui/feedback/toast.tsx'
import { Menu } from '#ui/Menu.tsx'
import { PATHS } from '#ui/page/paths.ts'
import { t } from './words/en.ts'

/** Where the submissions of a person are listed. */
export function submissionsPath({ email }: UserSummary): string {
  return `${PATHS.submissions}?${new URLSearchParams({ email })}`
}

type PersonMenuProps = { person: UserSummary; name: string; isOwn: boolean }

/** What an administrator can do with an account; each action asks first. */
export function PersonMenu({ person, name, isOwn }: PersonMenuProps) {
  const [question, setQuestion] = useState<Question>()
  const close = () => setQuestion(undefined)

  async function confirm(act: () => Promise<void>) {
    try {
      await act()
    } catch (error) {
      refreshRoleAfterRefusal(error)
      throw error
    }
    // An administrator who gave up the role may not read the list any more.
    if (session.get()?.user.role === 'admin') await queryClient.invalidateQueries()
    close()
  }

  const roleChange = askAboutRole(person, name, isOwn)
  const count = person.submissions
  const entries = [{ key: 'role', text: roleChange.confirm, onChoose: () => setQuestion(roleChange) }]
  if (count > 0) entries.push({ key: 'show', text: t.show(count), onChoose: () => navigate(submissionsPath(person)) })
  // One's own are under “Account”.
  if (!isOwn) {
    entries.push({ key: 'sessions', text: t.signOut.menu, onChoose: () => setQuestion(askAboutSessions(person, name)) })
  }
  const removal = {
    key: 'remove',
    text: t.removal.menu(count),
    isDestructive: true,
    onChoose: () => setQuestion(askAboutRemoval(person, name)),
  }
  return (
    <>
      <Menu
        square
        icon="more"
        label={t.more(name)}
        heading={name}
        entries={count > 0 ? [...entries, removal] : entries}
      />
      {question && <ConfirmDialog {...question} onConfirm={() => confirm(question.onConfirm)} onClose={close} />}
    </>
  )
}

type Question = Omit<ComponentProps<typeof ConfirmDialog>, 'onClose' | 'children'>

/** Before a role changes. The service refuses to demote the last administrator. */
function askAboutRole({ id, role }: UserSummary, name: string, isOwn: boolean): Question {
  const next: Role = role === 'admin' ? 'user' : 'admin'
  const words = next === 'admin' ? t.promote : isOwn ? t.demoteYourself : t.demote
  return {
    ...words,
    title: words.title(name),
    confirming: t.changing,
    isDestructive: next === 'user',
    problemTitle: t.roleNotChanged,
    async onConfirm() {
      const changed = await api.patch<User>(`/users/${id}`, { role: next } satisfies RoleChange)
      if (isOwn) session.renew(changed)
      toast.success({ title: t.roleChanged, detail: t.roleChangedDetail[next](name) })
    },
  }
}

/** Before a person is signed out of all their devices. */
function askAboutSessions({ id }: UserSummary, name: string): Question {
  const words = t.signOut
  return {
    ...words,
    title: words.title(name),
    async onConfirm() {
      await api.delete(`/users/${id}/sessions`)
      toast.success({ title: words.done, detail: name })
    },
  }
}

/** Before all submissions of a person are removed. */
function askAboutRemoval({ id, submissions }: UserSummary, name: string): Question {
  const words = t.removal
  return {
    ...words,
    title: words.title(name),
    detail: words.detail(submissions),
    confirm: words.confirm(submissions),
    isDestructive: true,
    async onConfirm() {
      const { removed } = await api.delete<Removal>(`/users/${id}/submissions`)
      toast.success({ title: t.removed, detail: t.removedDetail(name, removed) })
    },
  }
}
