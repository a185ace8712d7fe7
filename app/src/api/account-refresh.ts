import type { User } from '@jotc/core/api/account'
import { session } from './session.ts'

/** Reads the account again: its role may have changed, or its session may have ended elsewhere. */
export async function refreshAccount(): Promise<void> {
  if (!session.get()) return
  // Loaded on demand: visitors make no calls, and the first load stays small.
  const client = await import('./client.ts').catch(() => undefined)
  if (!client) return
  const leaving = new AbortController()
  const unsubscribe = session.subscribe(() => session.get() ?? leaving.abort())
  try {
    session.renew(await client.api.get<User>('/me', {}, leaving.signal))
  } catch (error) {
    // Silent: the next call that a person makes will say what is wrong.
    const isKnown = error instanceof client.ApiProblem || error instanceof client.Unreachable
    if (!isKnown && !leaving.signal.aborted) throw error
  } finally {
    unsubscribe()
  }
}

/** Reads the account now, and each time the person comes back to this tab. */
export function keepAccountFresh(): void {
  void refreshAccount()
  addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void refreshAccount()
  })
}
