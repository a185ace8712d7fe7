import { keepPreviousData, QueryCache, QueryClient } from '@tanstack/react-query'
import { refreshAccount } from './account-refresh.ts'
import { ApiProblem, Unreachable } from './api-errors.ts'
import { session } from './session.ts'

/** What was read from the API. While another page of a list is on its way, the last one stays. */
export const queries = new QueryClient({
  queryCache: new QueryCache({ onError: noticeRole }),
  defaultOptions: { queries: { retry: isPassing, networkMode: 'always', placeholderData: keepPreviousData } },
})

// Nothing of what one person read is kept for the next.
session.subscribe(() => {
  if (!session.get()) queries.clear()
})

/** What was refused to this role may be so because it is not theirs any more. */
export function noticeRole(error: unknown): void {
  if (error instanceof ApiProblem && error.status === 403) void refreshAccount()
}

/** Tried again twice when the service was out of reach or said that it is busy. */
function isPassing(failures: number, error: unknown): boolean {
  const isBusy = error instanceof ApiProblem && error.status === 503
  return failures < 2 && (isBusy || (error instanceof Unreachable && error.reason === 'unreachable'))
}
