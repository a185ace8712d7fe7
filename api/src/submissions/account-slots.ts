import type { ProblemType } from '@jotc/core/api/problem'
import { overloaded, tooMany } from '../http/errors.ts'

type Limits = {
  perAccount: number
  total: number
  /** The problem of an account that uses all its slots, and the fact as a sentence. */
  type: ProblemType
  fact: string
}

const RETRY_AFTER_S = 5

/**
 * Limits what runs at once on this worker, by account and in all, so that no account can take everything.
 *
 * @returns a function that takes a slot for an account and returns the function that frees it
 * @throws {HttpError} from that function, where no slot is free
 */
export function accountSlots({ perAccount, total, type, fact }: Limits): (accountId: string) => () => void {
  const taken = new Map<string, number>()
  let open = 0
  return (accountId) => {
    const count = taken.get(accountId) ?? 0
    if (count >= perAccount) throw tooMany(type, fact, RETRY_AFTER_S)
    if (open >= total) throw overloaded()
    open++
    taken.set(accountId, count + 1)
    return () => {
      open--
      const left = (taken.get(accountId) ?? 1) - 1
      if (left > 0) taken.set(accountId, left)
      else taken.delete(accountId)
    }
  }
}
