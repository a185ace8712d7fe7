import type { Role } from '@jotc/core/api/account'
import type { UserSummary } from '@jotc/core/api/users'
import { t } from '#words/people'
import { api } from '../../kit/api.ts'
import { Confirmation } from '../../kit/Confirmation.tsx'
import { session } from '../../kit/session.ts'
import { toast } from '../../kit/toast.tsx'
import { useChange } from './useChange.ts'

type RoleDialogProps = { person: UserSummary; name: string; role: Role; isOwn: boolean; onClose: () => void }

/** Changes a role, once that was confirmed. The service keeps the last administrator, and says so here. */
export function RoleDialog({ person, name, role, isOwn, onClose }: RoleDialogProps) {
  const { change, isBusy, failure } = useChange(onClose)
  const words = role === 'admin' ? t.promote : isOwn ? t.demoteYourself : t.demote

  const confirm = () =>
    change(async () => {
      const changed = await api.patchUser(person.id, { role })
      if (isOwn) session.renew(changed)
      toast.success({ title: t.roleChanged, detail: t.roleChangedDetail(name, t.roles[role]) })
    })

  return (
    <Confirmation
      title={words.title(name)}
      detail={words.detail}
      confirm={isBusy ? t.changing : words.confirm}
      keep={words.keep}
      isDestructive={role === 'user'}
      isBusy={isBusy}
      failed={t.roleNotChanged}
      failure={failure}
      onConfirm={confirm}
      onClose={onClose}
    />
  )
}
