import type { ListedSession } from '@jotc/core/api/sessions'
import { useState } from 'react'
import { navigate } from 'wouter/use-browser-location'
import { api, isSessionOver, shownProblem } from '#api/client.ts'
import { queryClient } from '#api/query-client.ts'
import { session } from '#api/session.ts'
import { useAttempt } from '#api/useAttempt.ts'
import { Button } from '#ui/Button.tsx'
import { ConfirmDialog } from '#ui/feedback/ConfirmDialog.tsx'
import { toast } from '#ui/feedback/toast.tsx'
import { PATHS } from '#ui/page/paths.ts'
import css from './AccountPage.module.css'
import { browserText, Items, Setting } from './Setting.tsx'
import { t } from './words/en.ts'

const PATH = '/me/sessions'

/** The browsers that the person is signed in with. */
export function Devices() {
  const [isAsking, setAsking] = useState(false)
  const { attempt } = useAttempt()

  async function signOutThere({ id, browser }: ListedSession) {
    try {
      await api.delete(`${PATH}/${id}`)
      toast.success({ title: t.signedOutThere, detail: browserText(browser) })
    } catch (error) {
      if (!isSessionOver(error)) toast.error({ title: t.notSignedOutThere, ...shownProblem(error) })
    }
    await queryClient.invalidateQueries({ queryKey: [PATH] })
  }

  return (
    <Setting
      title={t.devices}
      lead={t.devicesLead}
      action={<Button onPress={() => setAsking(true)}>{t.signOutEverywhere}</Button>}
    >
      <Items<ListedSession>
        path={PATH}
        label={t.devices}
        columns={[t.browser, t.since]}
        empty={t.noDevices}
        name={({ browser, isCurrent }) => (
          <>
            <b>{browserText(browser)}</b> {isCurrent && <span className={css.tag}>{t.thisDevice}</span>}
          </>
        )}
        day={({ createdAt }) => createdAt}
        isNow={({ isCurrent }) => isCurrent}
        actions={(device) => (
          <Button
            small
            aria-label={`${t.signOut}: ${browserText(device.browser)}`}
            onPress={() => void (device.isCurrent ? signOut() : attempt(() => signOutThere(device)))}
          >
            {t.signOut}
          </Button>
        )}
      />
      {isAsking && (
        <ConfirmDialog
          title={t.everywhereTitle}
          detail={t.everywhereDetail}
          confirm={t.signOutEverywhere}
          confirming={t.signingOut}
          cancel={t.staySignedIn}
          problemTitle={t.notSignedOut}
          onConfirm={signOutEverywhere}
          onClose={() => setAsking(false)}
        />
      )}
    </Setting>
  )
}

async function signOutEverywhere(): Promise<void> {
  const since = session.get()?.since ?? 0
  await api.delete(PATH)
  navigate(PATHS.board)
  session.end(since)
  toast.success({ title: t.signedOutEverywhere, detail: t.signedOutDetail })
}

/** Longer than a page lives on once the browser has cut its calls. */
const LEAVING_MS = 100

/**
 * Signs out in this browser, in all its tabs at once. Only the service can end the session: where it does not, it goes
 * on, and the person is told.
 */
export async function signOut(): Promise<void> {
  const known = session.get()
  if (!known) return
  navigate(PATHS.board)
  session.end(known.since)
  try {
    await api.post('/logout')
  } catch (error) {
    if (!isSessionOver(error)) {
      // A page that is being left hears of no answer, though the call goes on; it does not live to see this pause end.
      await new Promise((resolve) => {
        setTimeout(resolve, LEAVING_MS)
      })
      session.begin(known.user)
      return toast.error({ title: t.notSignedOut, ...shownProblem(error) })
    }
  }
  toast.success({ title: t.signedOut, detail: t.signedOutDetail })
}
