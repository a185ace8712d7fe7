import type { User } from '@jotc/core/api/account'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../kit/api.ts'

/** How many submissions are one's own; null when that cannot be told, undefined while it is on its way. */
export function useOwnCount({ id, email, role }: User): number | null | undefined {
  const { data, error } = useQuery({
    queryKey: ['own count', id, role],
    queryFn: ({ signal }) => (role === 'admin' ? countAmongAll(id, email, signal) : countOfOwn(signal)),
  })
  return error ? null : data
}

async function countOfOwn(signal: AbortSignal): Promise<number> {
  return (await api.get('/jotc/stats', {}, signal)).submissions
}

/** To an administrator the figures are everybody's; the list of people has each person's. */
async function countAmongAll(id: string, email: string, signal: AbortSignal): Promise<number | null> {
  const { items } = await api.get('/users', { search: email, pageSize: 100 }, signal)
  return items.find((user) => user.id === id)?.submissions ?? null
}
