import type { ProblemType } from '@jotc/core/api/problem'
import { HttpError, tooMany } from '../http/errors.ts'

type Limits = {
  perAccount: number
  total: number
  /** The problem of an account that has all of its own, and the fact as a sentence. */
  type: ProblemType
  fact: string
}

const RETRY_AFTER_S = 5

/**
 * So many at once for each account, and for all together, on this worker: nobody can take what is meant for all.
 *
 * @returns takes a slot of an account, and gives the function that frees it @throws {HttpError} where there is none
 */
export function accountSlots({ perAccount, total, type, fact }: Limits): (accountId: string) => () => void {
  const taken = new Map<string, number>()
  let open = 0
  return (accountId) => {
    const count = taken.get(accountId) ?? 0
    if (count >= perAccount) throw tooMany(type, fact, RETRY_AFTER_S)
    if (open >= total) throw new HttpError('overloaded', 'The service is busy. Try again in a few seconds.')
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
