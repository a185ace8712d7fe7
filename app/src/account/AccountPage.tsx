import type { User } from '@jotc/core/api/account'
import { QueryClientProvider, useQuery } from '@tanstack/react-query'
import { api } from '#api/client.ts'
import { queryClient } from '#api/query-client.ts'
import { useRequiredSession } from '#api/useRequiredSession.ts'
import { Page } from '#ui/Page.tsx'
import css from './AccountPage.module.css'
import { EraseAccount } from './EraseAccount.tsx'
import { MyData } from './MyData.tsx'
import { t } from './words/en.ts'

export default function AccountPage() {
  const session = useRequiredSession()
  return (
    <Page title={t.title} compact>
      {session && (
        <QueryClientProvider client={queryClient}>
          <Account user={session.user} />
        </QueryClientProvider>
      )}
    </Page>
  )
}

/** What is kept of a person, and the ways out. */
function Account({ user }: { user: User }) {
  const submissions = useOwnSubmissionCount(user)
  return (
    <div className={css.account}>
      <MyData user={user} submissions={submissions} />
      <EraseAccount user={user} submissions={submissions} />
    </div>
  )
}

/** How many submissions are one's own; null when that cannot be told, undefined while it is on its way. */
function useOwnSubmissionCount({ id, email, role }: User): number | null | undefined {
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
