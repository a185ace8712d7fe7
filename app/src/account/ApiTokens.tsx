import type { ApiTokenRequest, ApiTokenScope, ListedApiToken, NewApiToken } from '@jotc/core/api/sessions'
import { useRef, useState } from 'react'
import { api } from '#api/client.ts'
import { queryClient } from '#api/query-client.ts'
import { Button } from '#ui/Button.tsx'
import { copyText } from '#ui/browser/clipboard.ts'
import { ConfirmDialog } from '#ui/feedback/ConfirmDialog.tsx'
import { toast } from '#ui/feedback/toast.tsx'
import { TextField } from '#ui/form/Field.tsx'
import { RadioGroup } from '#ui/form/RadioGroup.tsx'
import css from './AccountPage.module.css'
import { Items, NameField, Setting, useName } from './Setting.tsx'
import { t } from './words/en.ts'

const PATH = '/me/tokens'

/** What scripts sign in with. */
export function ApiTokens() {
  const [isCreating, setCreating] = useState(false)
  const [created, setCreated] = useState<NewApiToken>()
  const [revoked, setRevoked] = useState<ListedApiToken>()

  async function revoke({ id, name }: ListedApiToken) {
    await api.delete(`${PATH}/${id}`)
    if (created?.id === id) setCreated(undefined)
    await queryClient.invalidateQueries({ queryKey: [PATH] })
    toast.success({ title: t.revoked, detail: name })
    setRevoked(undefined)
  }

  return (
    <Setting
      title={t.tokens}
      lead={t.tokensLead}
      action={
        <Button icon="plus" onPress={() => setCreating(true)}>
          {t.createToken}
        </Button>
      }
    >
      {created && <NewToken key={created.id} {...created} />}
      <Items<ListedApiToken>
        path={PATH}
        label={t.tokens}
        columns={[t.name, t.expires]}
        empty={t.noTokens}
        name={({ name, scope }) => (
          <>
            <b>{name}</b> <span className={css.tag}>{t.scopes[scope]}</span>
          </>
        )}
        day={({ expiresAt }) => expiresAt}
        actions={(token) => (
          <Button small aria-label={`${t.revoke}: ${token.name}`} onPress={() => setRevoked(token)}>
            {t.revoke}
          </Button>
        )}
      />
      {isCreating && <CreateDialog onCreated={setCreated} onClose={() => setCreating(false)} />}
      {revoked && (
        <ConfirmDialog
          title={t.revokeTitle(revoked.name)}
          detail={t.revokeDetail}
          confirm={t.revoke}
          confirming={t.revoking}
          cancel={t.keepToken}
          isDestructive
          problemTitle={t.notRevoked}
          onConfirm={() => revoke(revoked)}
          onClose={() => setRevoked(undefined)}
        />
      )}
    </Setting>
  )
}

/** The token itself, until the page is left. */
function NewToken({ name, token }: NewApiToken) {
  const field = useRef<HTMLInputElement>(null)
  async function copy() {
    if (await copyText(token)) toast.success({ title: t.copied })
    else field.current?.select()
  }
  return (
    <div className={css.token}>
      <TextField
        ref={field}
        label={name}
        className={css.secret}
        value={token}
        readOnly
        onChange={() => {}}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button icon="copy" onPress={() => void copy()}>
        {t.copyToken}
      </Button>
      <p role="status" className={css.once}>
        {t.shownOnce}
      </p>
    </div>
  )
}

const DAYS = { 30: '30', 90: '90', 365: '365' } as const
type Days = (typeof DAYS)[keyof typeof DAYS]

type CreateDialogProps = { onCreated: (token: NewApiToken) => void; onClose: () => void }

function CreateDialog({ onCreated, onClose }: CreateDialogProps) {
  const field = useName('')
  const [scope, setScope] = useState<ApiTokenScope>('read')
  const [days, setDays] = useState<Days>('90')

  async function create() {
    if (!field.isComplete()) return
    const request: ApiTokenRequest = { name: field.name, scope, expiresInDays: Number(days) }
    onCreated(await api.post<NewApiToken>(PATH, request))
    void queryClient.invalidateQueries({ queryKey: [PATH] })
    onClose()
  }

  return (
    <ConfirmDialog
      title={t.createToken}
      detail={t.createDetail}
      confirm={t.createToken}
      confirming={t.creating}
      cancel={t.cancel}
      problemTitle={t.notCreated}
      onConfirm={create}
      onClose={onClose}
    >
      <NameField {...field} hint={t.tokenNameHint} />
      <RadioGroup
        label={t.scope}
        labelPlace="above"
        options={(['read', 'record'] as const).map((value) => ({ value, label: t.scopes[value] }))}
        value={scope}
        onChange={setScope}
      />
      <RadioGroup
        label={t.expiresIn}
        labelPlace="above"
        options={Object.values(DAYS).map((value) => ({ value, label: t.days(Number(value)) }))}
        value={days}
        onChange={setDays}
      />
    </ConfirmDialog>
  )
}
