import { useCallback, useState } from 'react'
import { t } from '#i18n/words/en.ts'

const TIMEOUT_MS = 5000

/** Why the app's server does not answer, as a sentence; undefined when it does. */
export async function whyAway(): Promise<string | undefined> {
  if (!navigator.onLine) return t.offline
  const request: RequestInit = { method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) }
  const isThere = await fetch('/config.json', request).then(
    ({ ok }) => ok,
    () => false,
  )
  return isThere ? undefined : t.unreachable
}

/**
 * Loads the page anew, but not while the server is away: then the browser would show a page of its own, from which
 * nothing leads on.
 */
export function useReload() {
  const [away, setAway] = useState(() => (navigator.onLine ? undefined : t.offline))
  const reload = useCallback(() => {
    void whyAway().then((why) => (why === undefined ? location.reload() : setAway(why)))
  }, [])
  return {
    /** Why the server could not be reached, as a sentence. */
    away,
    reload,
  }
}
