import { t } from '#words/shell'
import { session } from './session.ts'
import { goToSignIn } from './sign-in.tsx'
import { toast } from './toast.tsx'

/**
 * The service refused this token: it expired or was revoked. Ends the session and leads to sign-in with
 * the way back kept; once, however many calls carried the token.
 */
export function expelled(token: string): void {
  if (session.get()?.token !== token) return
  session.end()
  goToSignIn()
  toast.warning({ title: t.sessionEnded, detail: t.sessionEndedDetail })
}
