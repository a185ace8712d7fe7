import { keepPreviousData, QueryCache, QueryClient, useQuery } from '@tanstack/react-query'
import { leaveOwnZone } from '#i18n/dates.ts'
import { refreshAccount } from './account-refresh.ts'
import { ApiProblem, api, Unreachable } from './client.ts'
import { isPassing, waitAfter } from './retry.ts'
import { session } from './session.ts'

/** The cache of what was read from the API. While the next page of a list loads, the last one stays. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: followRefusal }),
  defaultOptions: {
    queries: {
      retry: isWorthRetrying,
      retryDelay: (failures, error) => waitAfter(error, failures + 1),
      networkMode: 'always',
      placeholderData: keepPreviousData,
    },
  },
})

// From here on it refetches when the tab is focused again or the browser is back online.
queryClient.mount()

/** What the API answers to a GET. An answer that comes too late is dropped with its request. */
export function useGet<Answer>(path: string, query: object) {
  return useQuery(
    { queryKey: [path, query], queryFn: ({ signal }) => api.get<Answer>(path, query, signal) },
    queryClient,
  )
}

// Nobody sees what another account read.
let reader = session.get()?.user.id
session.subscribe(() => {
  const id = session.get()?.user.id
  if (id !== reader) queryClient.clear()
  reader = id
})

function followRefusal(error: unknown): void {
  if (error instanceof ApiProblem && error.errors.some(({ field }) => field === 'timeZone')) leaveOwnZone()
  refreshRoleAfterRefusal(error)
}

/** After a refusal the role on this page may be out of date. */
export function refreshRoleAfterRefusal(error: unknown): void {
  if (error instanceof ApiProblem && error.type === 'administrators-only') void refreshAccount()
}

/** Nobody waits longer for a list. */
const LONGEST_WAIT_MS = 10_000

/** Retries twice when the service did not answer, or asks for a short wait. */
function isWorthRetrying(failures: number, error: unknown): boolean {
  if (failures >= 2 || !isPassing(error)) return false
  if (error instanceof Unreachable) return error.reason === 'unreachable'
  return waitAfter(error, failures) <= LONGEST_WAIT_MS
}
