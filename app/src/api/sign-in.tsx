import { type MouseEvent, useEffect } from 'react'
import { navigate } from 'wouter/use-browser-location'
import { ButtonLink, type ButtonLook } from '#ui/Button.tsx'
import { PATHS } from '#ui/page/paths.ts'
import { type SignedIn, useSession } from './session.ts'

/**
 * The way back is kept in the history entry of the sign-in page: it survives a reload, holds a board of
 * any length, and no link from elsewhere can set it.
 */
type WayBack = { back?: string }

/**
 * Goes to the sign-in page, which leads back to the address shown now, board and filters included.
 *
 * @param replace takes the place of that address in the history
 */
export function goToSignIn(replace = false): void {
  if (location.pathname === PATHS.signIn) return
  const state: WayBack = { back: location.pathname + location.search + location.hash }
  navigate(PATHS.signIn, { state, replace })
}

/** Where the sign-in page was entered from; the board if that is unknown, or no address of this app. */
export function returnPath(): string {
  const { back } = (history.state ?? {}) as WayBack
  return typeof back === 'string' && /^\/(?!\/)/.test(back) ? back : PATHS.board
}

/** A link to sign-in that remembers the way back to what is on the page at the moment of the click. */
export function SignInLink(props: ButtonLook) {
  const leave = (event: MouseEvent) => {
    event.preventDefault()
    goToSignIn()
  }
  return <ButtonLink {...props} href={PATHS.signIn} onClick={leave} />
}

/** The session, for a page that has nothing for visitors: without one it leads to sign-in and back. */
export function useRequiredSession(): SignedIn | undefined {
  const session = useSession()
  useEffect(() => {
    if (!session) goToSignIn(true)
  }, [session])
  return session
}
