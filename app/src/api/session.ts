import type { Session } from '@jotc/core/api/account'
import { useSyncExternalStore } from 'react'
import { storage } from './storage.ts'

const KEY = 'session'
const listeners = new Set<() => void>()
let current = stored()

/**
 * Who is signed in: kept across visits until the token expires, shared by all tabs of the browser.
 * Where the browser stores nothing, it lasts as long as the page.
 */
export const session = {
  /** The session, or undefined when nobody is signed in. The same object until it changes. */
  get: () => current,

  begin(next: Session) {
    storage.set(KEY, JSON.stringify(next))
    change(next)
  },

  end() {
    storage.remove(KEY)
    change(undefined)
  },

  /** Takes over what is new of the account, such as its role. */
  renew(user: Session['user']) {
    if (current && JSON.stringify(user) !== JSON.stringify(current.user)) session.begin({ ...current, user })
  },

  /** Calls `listener` after each change. @returns what ends that */
  subscribe(listener: () => void) {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}

export function useSession(): Session | undefined {
  return useSyncExternalStore(session.subscribe, session.get)
}

function change(next: Session | undefined) {
  current = next
  for (const listener of listeners) listener()
}

function stored(): Session | undefined {
  const text = storage.get(KEY)
  if (text === null) return undefined
  try {
    const read = JSON.parse(text) as Session
    return Date.parse(read.expiresAt) > Date.now() ? read : undefined
  } catch {
    return undefined
  }
}

/** Another tab signed in or out (`key` is null when it cleared the whole store). */
addEventListener('storage', ({ key, newValue }) => {
  if (key !== null && key !== KEY) return
  if (newValue === null) session.end()
  else change(stored())
})
