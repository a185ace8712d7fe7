import type { Session } from '@jotc/core/api/account'
import { useEffect } from 'react'
import { useSession } from './session.ts'
import { goToSignIn } from './sign-in.tsx'

/** The session, for a page that has nothing for visitors: without one it leads to sign-in and back. */
export function useRequiredSession(): Session | undefined {
  const session = useSession()
  useEffect(() => {
    if (!session) goToSignIn(true)
  }, [session])
  return session
}
