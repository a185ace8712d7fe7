import type { ProblemType } from '@jotc/core/api/problem'
import { tooMany } from '../http/errors.ts'

const RETRY_AFTER_S = 5

/**
 * So many at once for each account, on this worker: nobody can take what is meant for all.
 *
 * @param fact what there is too much of, as a sentence
 * @returns takes a slot of an account, and gives the function that frees it @throws {HttpError} where all are taken
 */
export function accountSlots(max: number, type: ProblemType, fact: string): (accountId: string) => () => void {
  const taken = new Map<string, number>()
  return (accountId) => {
    const count = taken.get(accountId) ?? 0
    if (count >= max) throw tooMany(type, fact, RETRY_AFTER_S)
    taken.set(accountId, count + 1)
    return () => {
      const left = (taken.get(accountId) ?? 1) - 1
      if (left > 0) taken.set(accountId, left)
      else taken.delete(accountId)
    }
  }
}
