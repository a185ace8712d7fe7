import { keepPreviousData, QueryCache, QueryClient } from '@tanstack/react-query'
import { refreshAccount } from './account-refresh.ts'
import { ApiProblem, Unreachable } from './client.ts'
import { session } from './session.ts'

/** What was read from the API. While another page of a list is on its way, the last one stays. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: refreshRoleAfter403 }),
  defaultOptions: { queries: { retry: isTransient, networkMode: 'always', placeholderData: keepPreviousData } },
})

// What one person read is not kept for the next.
session.subscribe(() => {
  if (!session.get()) queryClient.clear()
})

/** A refusal may mean that the role on this page is out of date. */
export function refreshRoleAfter403(error: unknown): void {
  if (error instanceof ApiProblem && error.status === 403) void refreshAccount()
}

/** Tried again twice when the service was out of reach or said that it is busy. */
function isTransient(failures: number, error: unknown): boolean {
  const isBusy = error instanceof ApiProblem && error.status === 503
  return failures < 2 && (isBusy || (error instanceof Unreachable && error.reason === 'unreachable'))
}
