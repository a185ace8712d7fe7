import { useQuery } from '@tanstack/react-query'
import { api } from '../../kit/api.ts'
import { type Filters, userQuery } from './filters.ts'

/** One page of the people. An answer that comes too late is dropped with its request. */
export function usePeople(filters: Filters) {
  const asked = userQuery(filters)
  return useQuery({ queryKey: ['users', asked], queryFn: ({ signal }) => api.get('/users', asked, signal) })
}
