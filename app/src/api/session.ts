import type { Session, User } from '@jotc/core/api/account'
import { createStore, useStore } from '#ui/store.ts'
import { readStored, storage } from './storage.ts'

const KEY = 'session'
const current = createStore(stored())

/**
 * Who is signed in: kept across visits until the service refuses the token, shared by all tabs of the browser.
 * Where the browser stores nothing, it lasts as long as the page.
 */
export const session = {
  /** The session, or undefined when nobody is signed in. The same object until it changes. */
  get: current.get,
  subscribe: current.subscribe,

  begin(next: Session) {
    storage.set(KEY, JSON.stringify(next))
    current.set(next)
  },

  /** Ends the session of this token; one that began meanwhile goes on. @returns whether it was the one of this page */
  end(token: string): boolean {
    if (current.get()?.token !== token) return false
    storage.remove(KEY)
    current.set(undefined)
    return true
  },

  /** Takes over changes of the account, such as its role. Ignores a late answer about another account. */
  renew(user: User) {
    const known = current.get()
    if (known?.user.id === user.id && JSON.stringify(user) !== JSON.stringify(known.user)) {
      session.begin({ ...known, user })
    }
  },
}

export function useSession(): Session | undefined {
  return useStore(current)
}

function stored(): Session | undefined {
  return readStored(storage, KEY, isSession)
}

/** Does not check expiry: the service decides, because the clock of this machine may be wrong. */
function isSession(value: unknown): value is Session {
  const { token, expiresAt, user } = (value ?? {}) as Partial<Session>
  const { id, email, firstName, lastName, birthDate, createdAt, role } = (user ?? {}) as Partial<User>
  return (
    [token, expiresAt, id, email, firstName, lastName].every((text) => typeof text === 'string') &&
    [birthDate, createdAt].every((date) => typeof date === 'string' && !Number.isNaN(Date.parse(date))) &&
    (role === 'user' || role === 'admin')
  )
}

/** Another tab signed in or out (`key` is null when it cleared the whole store). */
addEventListener('storage', ({ key, newValue }) => {
  if (key !== null && key !== KEY) return
  if (newValue === null) storage.remove(KEY)
  current.set(stored())
})
