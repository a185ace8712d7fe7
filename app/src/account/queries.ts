import type { User } from '@jotc/core/api/account'
import type { SubmissionStats } from '@jotc/core/api/jotc'
import type { UserPage, UserQuery } from '@jotc/core/api/users'
import { useQuery } from '@tanstack/react-query'
import { api } from '#api/client.ts'

/** How many boards are one's own; null when that cannot be told, undefined while it is on its way. */
export function useOwnBoardCount({ id, email, role }: User): number | null | undefined {
  const { data, error } = useQuery({
    queryKey: ['own count', id, role],
    queryFn: ({ signal }) => (role === 'admin' ? countAmongAll(id, email, signal) : countOfOwn(signal)),
  })
  return data ?? (error ? null : undefined)
}

async function countOfOwn(signal: AbortSignal): Promise<number> {
  return (await api.get<SubmissionStats>('/jotc/stats', {}, signal)).submissions
}

/** To an administrator the figures are everybody's; the list of people has each person's. */
async function countAmongAll(id: string, email: string, signal: AbortSignal): Promise<number | null> {
  const asked: UserQuery = { search: email, pageSize: 100 }
  const { items } = await api.get<UserPage>('/users', asked, signal)
  return items.find((user) => user.id === id)?.submissions ?? null
}

/** Revokes a token that the page holds no more. */
export function revoke(token: string): Promise<void> {
  return api.post('/logout', undefined, { token })
}

/** With all that the account owns. */
export function eraseAccount(): Promise<void> {
  return api.delete('/me')
}
