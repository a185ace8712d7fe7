import type { User } from '@jotc/core/api/account'
import { createStore, useStore } from '#ui/store.ts'
import { readStored, storage } from './storage.ts'

const KEY = 'session'

/** Somebody who signed in with this browser. */
export type SignedIn = {
  /** When, in milliseconds since 1970 by this machine's clock: no two sign-ins have the same. */
  since: number
  /** What every page shows of them. */
  user: Pick<User, 'id' | 'firstName' | 'lastName' | 'role'>
}

const current = createStore(stored())

/**
 * Who is signed in, as far as this browser knows. What signs them in is a cookie that no script can read; this only
 * remembers for whom, across visits and in all tabs, until the service refuses the cookie. Where the browser stores
 * nothing, it lasts as long as the page.
 */
export const session = {
  /** Undefined when nobody is signed in. The same object until it changes. */
  get: current.get,
  subscribe: current.subscribe,

  begin: (user: SignedIn['user']) => keep({ since: Date.now(), user: shownOf(user) }),

  /** Ends what began then; a session that began meanwhile goes on. @returns whether it was the one of this page */
  end(since: number): boolean {
    if (current.get()?.since !== since) return false
    storage.remove(KEY)
    current.set(undefined)
    return true
  },

  /** Takes over changes of the account, such as its role. Ignores a late answer about another account. */
  renew(account: User) {
    const known = current.get()
    const user = shownOf(account)
    if (known?.user.id === user.id && JSON.stringify(user) !== JSON.stringify(known.user)) keep({ ...known, user })
  },
}

export function useSession(): SignedIn | undefined {
  return useStore(current)
}

function keep(next: SignedIn): void {
  storage.set(KEY, JSON.stringify(next))
  current.set(next)
}

function shownOf({ id, firstName, lastName, role }: SignedIn['user']): SignedIn['user'] {
  return { id, firstName, lastName, role }
}

function stored(): SignedIn | undefined {
  return readStored(storage, KEY, isSignedIn)
}

function isSignedIn(value: unknown): value is SignedIn {
  const { since, user } = (value ?? {}) as Partial<SignedIn>
  const { id, firstName, lastName, role } = (user ?? {}) as Partial<User>
  return (
    typeof since === 'number' &&
    [id, firstName, lastName].every((text) => typeof text === 'string') &&
    (role === 'user' || role === 'admin')
  )
}

/** Another tab signed in or out (`key` is null when it cleared the whole store). */
addEventListener('storage', ({ key, newValue }) => {
  if (key !== null && key !== KEY) return
  if (newValue === null) storage.remove(KEY)
  current.set(stored())
})
