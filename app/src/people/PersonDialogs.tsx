import type { Role } from '@jotc/core/api/account'
import type { UserSummary } from '@jotc/core/api/users'
import { useQueryClient } from '@tanstack/react-query'
import { api } from '#api/client.ts'
import { refreshRoleAfterRefusal } from '#api/query-client.ts'
import { session } from '#api/session.ts'
import { useAttempt } from '#api/useAttempt.ts'
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx'
import { toast } from '#ui/toast.tsx'
import { t } from './words/en.ts'

type RemoveDialogProps = { person: UserSummary; name: string; onClose: () => void }

/** Removes all submissions of a person, once that was confirmed. */
export function RemoveDialog({ person, name, onClose }: RemoveDialogProps) {
  const { run, isBusy, problem } = useDialogAction(onClose)
  const { submissions } = person

  const confirm = () =>
    run(async () => {
      const { removed } = await api.delete(`/users/${person.id}/submissions`)
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
export function RoleDialog({ person, name, role, isOwn, onClose }: RoleDialogProps) {
  const { run, isBusy, problem } = useDialogAction(onClose)
  const words = role === 'admin' ? t.promote : isOwn ? t.demoteYourself : t.demote

  const confirm = () =>
    run(async () => {
      const changed = await api.patchUser(person.id, { role })
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
