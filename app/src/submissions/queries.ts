import type { Session } from '@jotc/core/api/account'
import type { SubmissionPage, SubmissionStats } from '@jotc/core/api/jotc'
import { useQuery } from '@tanstack/react-query'
import { api } from '#api/client.ts'
import { TIME_ZONE } from '#i18n/dates.ts'
import { type Filters, filterQuery, listQuery } from './filters.ts'

/**
 * One page of the list, and the figures of the whole of it. An answer that comes too late is dropped with its
 * request.
 */
export function useSubmissions(filters: Filters, { user }: Session) {
  const isAdmin = user.role === 'admin'
  const narrowed = filterQuery(filters, TIME_ZONE, isAdmin)
  const asked = listQuery(filters, TIME_ZONE, isAdmin)
  const page = useQuery({
    queryKey: ['jotc', user.id, asked],
    queryFn: ({ signal }) => api.get<SubmissionPage>('/jotc', asked, signal),
  })
  const stats = useQuery({
    queryKey: ['stats', user.id, narrowed],
    queryFn: ({ signal }) => api.get<SubmissionStats>('/jotc/stats', narrowed, signal),
  })
  return {
    page: page.data,
    readAt: page.dataUpdatedAt,
    stats: stats.data,
    error: page.error ?? stats.error,
    /** The list on the page is not yet the one that was asked for. */
    isLoading: page.isFetching || stats.isFetching,
    retry: () => Promise.all([page.refetch(), stats.refetch()]),
  }
}
