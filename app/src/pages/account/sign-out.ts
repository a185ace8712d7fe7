import { navigate } from 'wouter/use-browser-location'
import { t } from '#words/account'
import { api } from '../../kit/api.ts'
import { ApiProblem, failureOf } from '../../kit/api-errors.ts'
import { PATHS } from '../../kit/paths.ts'
import { session } from '../../kit/session.ts'
import { toast } from '../../kit/toast.tsx'

/**
 * Signs out in this browser at once, in all its tabs and whatever the service does; then has the service refuse
 * the token everywhere, and says so if that failed.
 */
export async function signOut(): Promise<void> {
  const token = session.get()?.token
  if (token === undefined) return
  navigate(PATHS.board)
  session.end()
  try {
    await api.logout(token)
    toast.success({ title: t.signedOut, detail: t.signedOutDetail })
  } catch (error) {
    const { detail, code } = failureOf(error)
    const isRefusedAlready = error instanceof ApiProblem && error.status === 401
    if (isRefusedAlready) toast.success({ title: t.signedOut, detail: t.signedOutDetail })
    else toast.warning({ title: t.signedOutHere, detail: t.signedOutHereDetail(detail), code })
  }
}
