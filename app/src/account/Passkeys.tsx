import type { Passkey } from '@jotc/core/api/passkeys'
import { readName } from '@jotc/core/person/name'
import { useRef, useState } from 'react'
import { api, isSessionOver, shownProblem } from '#api/client.ts'
import { addPasskey } from '#api/passkeys.ts'
import { queryClient } from '#api/query-client.ts'
import { useAttempt } from '#api/useAttempt.ts'
import { Button } from '#ui/Button.tsx'
import { ConfirmDialog } from '#ui/feedback/ConfirmDialog.tsx'
import { toast } from '#ui/feedback/toast.tsx'
import { TextField } from '#ui/form/Field.tsx'
import { Items, Setting } from './Setting.tsx'
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
      if (passkey) toast.success({ title: t.passkeyAdded, detail: shown(passkey) })
    } catch (error) {
      if (!isSessionOver(error)) toast.error({ title: t.passkeyNotAdded, ...shownProblem(error) })
    }
    await readAgain()
  }

  async function remove(passkey: Passkey) {
    await api.delete(`${PATH}/${passkey.id}`)
    await readAgain()
    toast.success({ title: t.passkeyRemoved, detail: shown(passkey) })
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
        name={(passkey) => <b>{shown(passkey)}</b>}
        day={({ createdAt }) => createdAt}
        actions={(passkey) => (
          <>
            <Button small aria-label={`${t.rename}: ${shown(passkey)}`} onPress={() => setRenamed(passkey)}>
              {t.rename}
            </Button>
            <Button small aria-label={`${t.remove}: ${shown(passkey)}`} onPress={() => setRemoved(passkey)}>
              {t.remove}
            </Button>
          </>
        )}
      />
      {renamed && <RenameDialog passkey={renamed} onClose={() => setRenamed(undefined)} />}
      {removed && (
        <ConfirmDialog
          title={t.removeTitle(shown(removed))}
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

/** “Firefox on Linux”, as the service names it at first, in any language. */
function shown({ name }: Passkey): string {
  return name.replace(' on ', ', ')
}

function RenameDialog({ passkey, onClose }: { passkey: Passkey; onClose: () => void }) {
  const input = useRef<HTMLInputElement>(null)
  const [name, setName] = useState(shown(passkey))
  const [error, setError] = useState<string>()

  async function rename() {
    if ('fault' in readName(name)) {
      setError(t.nameNeeded)
      input.current?.focus()
      return
    }
    await api.patch<Passkey>(`${PATH}/${passkey.id}`, { name })
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
      <TextField
        ref={input}
        label={t.name}
        autoComplete="off"
        value={name}
        error={error}
        onChange={(text) => {
          setName(text)
          setError(undefined)
        }}
      />
    </ConfirmDialog>
  )
}
