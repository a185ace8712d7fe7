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
      retryDelay: (failures, error) => waitAfter(error, Math.min(failures + 1, MOST_DOUBLED)),
      networkMode: 'always',
      placeholderData: keepPreviousData,
    },
  },
})

// From here on it refetches when the tab is focused again or the browser is back online.
queryClient.mount()

/**
 * What the API answers to a GET. An answer that comes too late is dropped with its request. A service that is away is
 * asked until it is back; what kept it from answering twice is the error meanwhile.
 */
export function useGet<Answer>(path: string, query: object) {
  const queryKey = [path, query]
  const { data, dataUpdatedAt, error, failureCount, failureReason, isFetching, refetch } = useQuery(
    { queryKey, queryFn: ({ signal }) => api.get<Answer>(path, query, signal) },
    queryClient,
  )
  return {
    data,
    dataUpdatedAt,
    error: isFetching ? (failureCount > 1 ? failureReason : null) : error,
    isFetching,
    /** At once, also while it is waited for another try. */
    refetch: () => (data === undefined ? queryClient.resetQueries({ queryKey, exact: true }) : refetch()),
  }
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

/** Up to eight seconds between two tries. */
const MOST_DOUBLED = 4
/** Nobody waits longer for a list. */
const LONGEST_WAIT_MS = 10_000

/** When the service did not answer, or asks for a short wait; without a network there is nothing to try. */
function isWorthRetrying(_failures: number, error: unknown): boolean {
  if (error instanceof Unreachable) return error.reason !== 'offline'
  return isPassing(error) && waitAfter(error, 1) <= LONGEST_WAIT_MS
}
