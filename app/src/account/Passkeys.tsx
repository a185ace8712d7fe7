import type { Passkey } from '@jotc/core/api/passkeys'
import { useState } from 'react'
import { api, isSessionOver, shownProblem } from '#api/client.ts'
import { addPasskey } from '#api/passkeys.ts'
import { queryClient } from '#api/query-client.ts'
import { useAttempt } from '#api/useAttempt.ts'
import { Button } from '#ui/Button.tsx'
import { ConfirmDialog } from '#ui/feedback/ConfirmDialog.tsx'
import { toast } from '#ui/feedback/toast.tsx'
import { browserText, Items, NameField, Setting, useName } from './Setting.tsx'
import { t } from './words/en.ts'

const PATH = '/me/passkeys'
const readAgain = () => queryClient.invalidateQueries({ queryKey: [PATH] })

/** The passkeys that sign the person in. */
export function Passkeys() {
  const { attempt, isBusy } = useAttempt()
  const [renamed, setRenamed] = useState<Passkey>()
  const [removed, setRemoved] = useState<Passkey>()

  async function add() {
    try {
      const passkey = await addPasskey()
      if (passkey) toast.success({ title: t.passkeyAdded, detail: browserText(passkey.name) })
    } catch (error) {
      if (!isSessionOver(error)) toast.error({ title: t.passkeyNotAdded, ...shownProblem(error) })
    }
    await readAgain()
  }

  async function remove(passkey: Passkey) {
    await api.delete(`${PATH}/${passkey.id}`)
    await readAgain()
    toast.success({ title: t.passkeyRemoved, detail: browserText(passkey.name) })
    setRemoved(undefined)
  }

  return (
    <Setting
      title={t.passkeys}
      lead={t.passkeysLead}
      action={
        <Button icon="key" isDisabled={isBusy} onPress={() => void attempt(add)}>
          {t.addPasskey}
        </Button>
      }
    >
      <Items<Passkey>
        path={PATH}
        label={t.passkeys}
        columns={[t.name, t.added]}
        empty={t.noPasskeys}
        name={(passkey) => <b>{browserText(passkey.name)}</b>}
        day={({ createdAt }) => createdAt}
        actions={(passkey) => (
          <>
            <Button small aria-label={`${t.rename}: ${browserText(passkey.name)}`} onPress={() => setRenamed(passkey)}>
              {t.rename}
            </Button>
            <Button small aria-label={`${t.remove}: ${browserText(passkey.name)}`} onPress={() => setRemoved(passkey)}>
              {t.remove}
            </Button>
          </>
        )}
      />
      {renamed && <RenameDialog passkey={renamed} onClose={() => setRenamed(undefined)} />}
      {removed && (
        <ConfirmDialog
          title={t.removeTitle(browserText(removed.name))}
          detail={t.removeDetail}
          confirm={t.remove}
          confirming={t.removing}
          cancel={t.keepPasskey}
          isDestructive
          problemTitle={t.passkeyNotRemoved}
          onConfirm={() => remove(removed)}
          onClose={() => setRemoved(undefined)}
        />
      )}
    </Setting>
  )
}

function RenameDialog({ passkey, onClose }: { passkey: Passkey; onClose: () => void }) {
  const field = useName(browserText(passkey.name))

  async function rename() {
    if (!field.isComplete()) return
    await api.patch<Passkey>(`${PATH}/${passkey.id}`, { name: field.name })
    await readAgain()
    onClose()
  }

  return (
    <ConfirmDialog
      title={t.renameTitle}
      detail={t.renameDetail}
      confirm={t.rename}
      confirming={t.renaming}
      cancel={t.cancel}
      problemTitle={t.notRenamed}
      onConfirm={rename}
      onClose={onClose}
    >
      <NameField {...field} />
    </ConfirmDialog>
  )
}
