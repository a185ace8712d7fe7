import { useEffect } from 'react'
import { type Session, useSession } from './session.ts'
import { goToSignIn } from './sign-in.tsx'

/** Who is signed in, for a page that has nothing for others: it leads to sign-in and back. */
export function useSignedIn(): Session | undefined {
  const session = useSession()
  useEffect(() => {
    if (!session) goToSignIn(true)
  }, [session])
  return session
}
