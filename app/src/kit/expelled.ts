import { t } from '#words/shell'
import { PATHS } from './paths.ts'
import { session } from './session.ts'
import { goToSignIn } from './sign-in.tsx'
import { toast } from './toast.tsx'

/**
 * The service refused this token: it expired or was revoked. Ends the session and leads to sign-in with
 * the way back kept; once, however many calls carried the token.
 *
 * @param isUnasked nobody waits for what was refused: who is at the board stays there
 */
export function expelled(token: string, isUnasked: boolean): void {
  if (session.get()?.token !== token) return
  session.end()
  if (!isUnasked || location.pathname !== PATHS.board) goToSignIn()
  toast.warning({ title: t.sessionEnded, detail: t.sessionEndedDetail })
}
