import type { User } from '@jotc/core/api/account'
import { navigate } from 'wouter/use-browser-location'
import { api } from '#api/client.ts'
import { ApiProblem, shownProblem } from '#api/errors.ts'
import { session } from '#api/session.ts'
import { PATHS } from '#frame/paths.ts'
import { formatDayWithYear, formatNumericDay } from '#i18n/dates.ts'
import { format } from '#i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { Link } from '#ui/Link.tsx'
import layout from '#ui/layout.module.css'
import { Skeleton } from '#ui/Skeleton.tsx'
import { toast } from '#ui/toast.tsx'
import css from './AccountPage.module.css'
import { t } from './words/en.ts'

type MyDataProps = { user: User; submissions: number | null | undefined }

export function MyData({ user, submissions }: MyDataProps) {
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
        <dt>{t.submissions}</dt>
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
  session.end()
  try {
    await api.logout(token)
    toast.success({ title: t.signedOut, detail: t.signedOutDetail })
  } catch (error) {
    const { detail, code } = shownProblem(error)
    const isRefusedAlready = error instanceof ApiProblem && error.status === 401
    if (isRefusedAlready) toast.success({ title: t.signedOut, detail: t.signedOutDetail })
    else toast.warning({ title: t.signedOutHere, detail: t.signedOutHereDetail(detail), code })
  }
}
