import type { UserSummary } from '@jotc/core/api/users'
import { t } from '#words/people'
import { api } from '../../kit/api.ts'
import { Confirmation } from '../../kit/Confirmation.tsx'
import { toast } from '../../kit/toast.tsx'
import { useChange } from './useChange.ts'

type RemoveDialogProps = { person: UserSummary; name: string; onClose: () => void }

/** Removes all submissions of a person, once that was confirmed. */
export function RemoveDialog({ person, name, onClose }: RemoveDialogProps) {
  const { change, isBusy, failure } = useChange(onClose)
  const { submissions } = person

  const confirm = () =>
    change(async () => {
      const { removed } = await api.delete(`/users/${person.id}/submissions`)
      toast.success({ title: t.removed, detail: t.removedDetail(name, removed) })
    })

  return (
    <Confirmation
      title={t.removeTitle(name)}
      detail={t.removeDetail(submissions)}
      confirm={isBusy ? t.removing : t.removeConfirm(submissions)}
      keep={t.removeKeep}
      isDestructive
      isBusy={isBusy}
      failed={t.notRemoved}
      failure={failure}
      onConfirm={confirm}
      onClose={onClose}
    />
  )
}
