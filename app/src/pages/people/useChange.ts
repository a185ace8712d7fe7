import { useQueryClient } from '@tanstack/react-query'
import { noticeRole } from '../../kit/queries.ts'
import { session } from '../../kit/session.ts'
import { useAttempt } from '../../kit/useAttempt.ts'

/** A change of what others have, from a dialog that closes when it is done. All that was read before is read anew. */
export function useChange(close: () => void) {
  const queries = useQueryClient()
  const { attempt, isBusy, failure } = useAttempt()
  const change = (action: () => Promise<void>) =>
    void attempt(async () => {
      try {
        await action()
      } catch (error) {
        noticeRole(error)
        throw error
      }
      // Who gave up their own role may not read it any more.
      if (session.get()?.user.role === 'admin') await queries.invalidateQueries()
      close()
    })
  return { change, isBusy, failure }
}
