import type { UserSummary } from '@jotc/core/api/users'
import { t } from '#words/people'
import { api } from '../../kit/api.ts'
import { Confirmation } from '../../kit/Confirmation.tsx'
import { format } from '../../kit/format.ts'
import { toast } from '../../kit/toast.tsx'
import { useChange } from './useChange.ts'

type RemoveDialogProps = { person: UserSummary; name: string; onClose: () => void }

/** Removes all submissions of a person, once that was confirmed. */
export function RemoveDialog({ person, name, onClose }: RemoveDialogProps) {
  const { change, isBusy, failure } = useChange(onClose)
  const { submissions } = person
  const count = format.number(submissions)

  const confirm = () =>
    change(async () => {
      const { removed } = await api.delete(`/users/${person.id}/submissions`)
      toast.success({ title: t.removed, detail: t.removedDetail(name, format.number(removed), removed === 1) })
    })

  return (
    <Confirmation
      title={t.removeTitle(name)}
      detail={t.removeDetail(count, submissions === 1)}
      confirm={isBusy ? t.removing : t.removeConfirm(count, submissions === 1)}
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
