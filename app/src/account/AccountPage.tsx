import type { User } from '@jotc/core/api/account'
import { QueryClientProvider, useQuery } from '@tanstack/react-query'
import { navigate } from 'wouter/use-browser-location'
import { api, isSessionOver, shownProblem } from '#api/client.ts'
import { queryClient } from '#api/query-client.ts'
import { session } from '#api/session.ts'
import { useRequiredSession } from '#api/sign-in.tsx'
import { PATHS } from '#frame/paths.ts'
import { formatDayWithYear, formatNumericDay } from '#i18n/dates.ts'
import { format } from '#i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { Link } from '#ui/Link.tsx'
import layout from '#ui/layout.module.css'
import { Page } from '#ui/Page.tsx'
import { Skeleton } from '#ui/Skeleton.tsx'
import { toast } from '#ui/toast.tsx'
import css from './AccountPage.module.css'
import { EraseAccount } from './EraseAccount.tsx'
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
  return data ?? (error ? null : undefined)
}

async function countOfOwn(signal: AbortSignal): Promise<number> {
  return (await api.get('/jotc/stats', {}, signal)).submissions
}

/** To an administrator the figures are everybody's; the list of people has each person's. */
async function countAmongAll(id: string, email: string, signal: AbortSignal): Promise<number | null> {
  const { items } = await api.get('/users', { search: email, pageSize: 100 }, signal)
  return items.find((user) => user.id === id)?.submissions ?? null
}

type MyDataProps = { user: User; submissions: number | null | undefined }

function MyData({ user, submissions }: MyDataProps) {
  // To an administrator the list shows everybody's.
  const filter = user.role === 'admin' ? `?${new URLSearchParams({ email: user.email })}` : ''
  return (
    <section className={css.section}>
      <h2>{t.myData}</h2>
      <dl className={css.list}>
        <dt>{t.email}</dt>
        <dd>{user.email}</dd>
        <dt>{t.firstName}</dt>
        <dd>{user.firstName}</dd>
        <dt>{t.lastName}</dt>
        <dd>{user.lastName}</dd>
        <dt>{t.birthDate}</dt>
        <dd>{formatNumericDay(user.birthDate)}</dd>
        <dt>{t.role}</dt>
        <dd>{t.roles[user.role]}</dd>
        <dt>{t.joined}</dt>
        <dd>{formatDayWithYear(user.createdAt)}</dd>
        <dt>{t.boards}</dt>
        <dd>
          {submissions === undefined ? (
            <Skeleton width={34} className={css.skeleton} />
          ) : (
            <Link className={layout.lone} href={PATHS.submissions + filter}>
              {submissions === null ? t.unknown : format.number(submissions)}
            </Link>
          )}
        </dd>
      </dl>
      <Button icon="out" onPress={() => void signOut()}>
        {t.signOut}
      </Button>
    </section>
  )
}

/**
 * Signs out in this browser at once, in all its tabs and whatever the service does; then has the service refuse
 * the token everywhere, and says so if that failed.
 */
async function signOut(): Promise<void> {
  const token = session.get()?.token
  if (token === undefined) return
  navigate(PATHS.board)
  session.end(token)
  try {
    await api.logout(token)
    toast.success({ title: t.signedOut, detail: t.signedOutDetail })
  } catch (error) {
    if (isSessionOver(error)) return toast.success({ title: t.signedOut, detail: t.signedOutDetail })
    const { code } = shownProblem(error)
    toast.warning({ title: t.signedOutHere, detail: t.signedOutHereDetail, code })
  }
}
