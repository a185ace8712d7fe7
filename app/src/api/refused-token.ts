import { PATHS } from '#frame/paths.ts'
import { toast } from '#ui/toast.tsx'
import { session } from './session.ts'
import { goToSignIn } from './sign-in.tsx'
import { t } from './words/en.ts'

/**
 * For a token that the service refused because it expired or was revoked. Ends the session and leads to sign-in,
 * and from there back; once, however many calls carried the token.
 *
 * @param isUnasked the call was the app's own and nobody waits for its answer: a person at the board stays there
 */
export function handleRefusedToken(token: string, isUnasked: boolean): void {
  if (session.get()?.token !== token) return
  session.end()
  if (!isUnasked || location.pathname !== PATHS.board) goToSignIn()
  toast.warning({ title: t.sessionEnded, detail: t.sessionEndedDetail })
}
