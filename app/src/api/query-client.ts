import { keepPreviousData, QueryCache, QueryClient, useQuery } from '@tanstack/react-query'
import { refreshAccount } from './account-refresh.ts'
import { ApiProblem, api, Unreachable } from './client.ts'
import { isPassing, waitAfter } from './retry.ts'
import { session } from './session.ts'

/** What was read from the API. While another page of a list is on its way, the last one stays. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: refreshRoleAfterRefusal }),
  defaultOptions: {
    queries: {
      retry: isWorthRetrying,
      retryDelay: (failures, error) => waitAfter(error, failures + 1),
      networkMode: 'always',
      placeholderData: keepPreviousData,
    },
  },
})

// Reads again when somebody comes back to the tab.
queryClient.mount()

/** What the API answers to a GET. An answer that comes too late is dropped with its request. */
export function useGet<Answer>(path: string, query: object) {
  return useQuery(
    { queryKey: [path, query], queryFn: ({ signal }) => api.get<Answer>(path, query, signal) },
    queryClient,
  )
}

// What one person read is not kept for the next.
let reader = session.get()?.user.id
session.subscribe(() => {
  const id = session.get()?.user.id
  if (id !== reader) queryClient.clear()
  reader = id
})

/** A refusal may mean that the role on this page is out of date. */
export function refreshRoleAfterRefusal(error: unknown): void {
  if (error instanceof ApiProblem && error.type === 'administrators-only') void refreshAccount()
}

/** For longer nobody watches a list that does not come. */
const MOST_PATIENT_MS = 10_000

/** Tried again twice when the service did not answer, or says that it soon will. */
function isWorthRetrying(failures: number, error: unknown): boolean {
  if (failures >= 2 || !isPassing(error)) return false
  if (error instanceof Unreachable) return error.reason === 'unreachable'
  return waitAfter(error, failures) <= MOST_PATIENT_MS
}
