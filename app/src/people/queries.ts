import type { Role, User } from '@jotc/core/api/account'
import type { Removal, RoleChange, UserPage } from '@jotc/core/api/users'
import { useQuery } from '@tanstack/react-query'
import { api } from '#api/client.ts'
import { type Filters, userQuery } from './filters.ts'

/** One page of the people. An answer that comes too late is dropped with its request. */
export function usePeople(filters: Filters) {
  const asked = userQuery(filters)
  return useQuery({ queryKey: ['users', asked], queryFn: ({ signal }) => api.get<UserPage>('/users', asked, signal) })
}

export function changeRole(id: string, role: Role): Promise<User> {
  return api.patch(`/users/${id}`, { role } satisfies RoleChange)
}

export function removeSubmissions(id: string): Promise<Removal> {
  return api.delete(`/users/${id}/submissions`)
}
