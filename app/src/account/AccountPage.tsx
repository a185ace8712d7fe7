import type { User } from '@jotc/core/api/account'
import type { SubmissionStats } from '@jotc/core/api/jotc'
import type { UserPage, UserQuery } from '@jotc/core/api/users'
import { skipToken, useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { Fragment, useRef, useState } from 'react'
import { navigate } from 'wouter/use-browser-location'
import { api } from '#api/client.ts'
import { exportSubmissions } from '#api/export.ts'
import { HAS_PASSKEYS } from '#api/passkeys.ts'
import { queryClient, useGet } from '#api/query-client.ts'
import { session } from '#api/session.ts'
import { useRequiredSession } from '#api/sign-in.tsx'
import { formatDayWithYear, formatNumericDay } from '#i18n/dates.ts'
import { format } from '#i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { ConfirmDialog } from '#ui/feedback/ConfirmDialog.tsx'
import { toast } from '#ui/feedback/toast.tsx'
import { TextField } from '#ui/form/Field.tsx'
import { Link } from '#ui/Link.tsx'
import layout from '#ui/layout.module.css'
import { ListError } from '#ui/list/List.tsx'
import { Skeleton } from '#ui/list/Table.tsx'
import { FormatMenu } from '#ui/Menu.tsx'
import { LoadingBar, Page } from '#ui/page/Page.tsx'
import { PATHS } from '#ui/page/paths.ts'
import css from './AccountPage.module.css'
import { ApiTokens } from './ApiTokens.tsx'
import { Devices, signOut } from './Devices.tsx'
import { Passkeys } from './Passkeys.tsx'
import { Setting } from './Setting.tsx'
import { t } from './words/en.ts'

export default function AccountPage() {
  const session = useRequiredSession()
  return (
    <Page title={t.title} compact>
      {session && <Account />}
    </Page>
  )
}

/** What there is of an account, or why it did not load. */
function Account() {
  const { data: user, error, refetch } = useGet<User>('/me', {})
  const submissions = useOwnBoardCount(user)
  if (!user) {
    if (!error) return <LoadingBar />
    return <ListError title={t.failed} error={error} isShown={false} onRetry={() => void refetch()} />
  }
  return (
    <div className={css.account}>
      <MyData user={user} submissions={submissions} />
      {HAS_PASSKEYS && <Passkeys />}
      <Devices />
      <ApiTokens />
      <EraseAccount user={user} submissions={submissions} />
    </div>
  )
}

/** The number of the person's own boards; null when it is unknown, undefined while it loads. */
function useOwnBoardCount(user: User | undefined): number | null | undefined {
  const { data, error } = useQuery(
    {
      queryKey: ['own count', user?.id, user?.role],
      queryFn: user
        ? ({ signal }) => (user.role === 'admin' ? countAmongAll(user, signal) : countOfOwn(signal))
        : skipToken,
    },
    queryClient,
  )
  return data ?? (error ? null : undefined)
}

async function countOfOwn(signal: AbortSignal): Promise<number> {
  return (await api.get<SubmissionStats>('/jotc/stats', {}, signal)).submissions
}

/** An administrator's statistics count everybody's boards, so their own number comes from the list of people. */
async function countAmongAll({ id, email }: User, signal: AbortSignal): Promise<number | null> {
  const asked: UserQuery = { search: email, pageSize: 100 }
  const { items } = await api.get<UserPage>('/users', asked, signal)
  return items.find((user) => user.id === id)?.submissions ?? null
}

type MyDataProps = { user: User; submissions: number | null | undefined }

function MyData({ user, submissions }: MyDataProps) {
  // To an administrator the list shows everybody's.
  const filter = user.role === 'admin' ? { email: user.email } : {}
  const entries = [
    [t.email, user.email],
    [t.firstName, user.firstName],
    [t.lastName, user.lastName],
    [t.birthDate, formatNumericDay(user.birthDate)],
    [t.role, t.roles[user.role]],
    [t.joined, formatDayWithYear(user.createdAt)],
  ] as const
  const search = new URLSearchParams(filter)
  return (
    <Setting
      title={t.myData}
      lead={t.myDataLead}
      action={
        <>
          <FormatMenu label={t.download} onChoose={(format) => void exportSubmissions(format, filter)} />
          <Button variant="quiet" icon="out" className={css.flush} onPress={() => void signOut()}>
            {t.signOut}
          </Button>
        </>
      }
    >
      <dl className={css.data}>
        {entries.map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
        <dt>{t.boards}</dt>
        <dd>
          {submissions === undefined ? (
            <Skeleton width={34} className={css.skeleton} />
          ) : (
            <Link className={layout.lone} href={search.size > 0 ? `${PATHS.submissions}?${search}` : PATHS.submissions}>
              {submissions === null ? t.unknown : format.number(submissions)}
            </Link>
          )}
        </dd>
      </dl>
    </Setting>
  )
}

type EraseAccountProps = { user: User; submissions: number | null | undefined }

/** Offers to erase the account with all its data. */
function EraseAccount({ user, submissions }: EraseAccountProps) {
  const [isAsking, setAsking] = useState(false)
  const detail = submissions ? t.eraseDetail(submissions) : t.eraseAllDetail
  return (
    <Setting title={t.erase}>
      <p className={css.warning}>
        {detail} {t.eraseHint}
      </p>
      <div>
        <Button variant="quiet" className={clsx(css.flush, css.bad)} onPress={() => setAsking(true)}>
          {t.eraseAsk}
        </Button>
      </div>
      {isAsking && <EraseDialog email={user.email} detail={detail} onClose={() => setAsking(false)} />}
    </Setting>
  )
}

type EraseDialogProps = { email: string; detail: string; onClose: () => void }

/** Erases the account after its email was typed. The service refuses to erase the last administrator. */
function EraseDialog({ email, detail, onClose }: EraseDialogProps) {
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<string>()

  async function confirm() {
    if (typed.trim().toLowerCase() !== email) {
      setError(t.notYourEmail)
      input.current?.focus()
      return
    }
    const since = session.get()?.since ?? 0
    await api.delete('/me')
    // Another tab may have signed in as somebody else meanwhile.
    if (session.get()?.since === since) navigate(PATHS.board)
    session.end(since)
    toast.success({ title: t.erased, detail: t.erasedDetail })
  }

  return (
    <ConfirmDialog
      title={t.eraseTitle}
      detail={detail}
      confirm={t.eraseConfirm}
      confirming={t.erasing}
      cancel={t.eraseKeep}
      isDestructive
      problemTitle={t.notErased}
      onConfirm={confirm}
      onClose={onClose}
    >
      <TextField
        ref={input}
        label={t.confirmEmail}
        type="email"
        autoComplete="off"
        spellCheck="false"
        value={typed}
        error={error}
        onChange={(text) => {
          setTyped(text)
          setError(undefined)
        }}
      />
    </ConfirmDialog>
  )
}
