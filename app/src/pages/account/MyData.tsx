import type { User } from '@jotc/core/api/account'
import { t } from '#words/account'
import { Bone } from '../../kit/Bone.tsx'
import { Button } from '../../kit/Button.tsx'
import { formatNumericDay, formatYearDay } from '../../kit/dates.ts'
import { format } from '../../kit/format.ts'
import { Link } from '../../kit/Link.tsx'
import layout from '../../kit/layout.module.css'
import { PATHS } from '../../kit/paths.ts'
import css from './Account.module.css'
import { signOut } from './sign-out.ts'

type MyDataProps = { user: User; submissions: number | null | undefined }

export function MyData({ user, submissions }: MyDataProps) {
  const own = user.role === 'admin' ? `${PATHS.submissions}?${new URLSearchParams({ email: user.email })}` : undefined
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
        <dd>{formatYearDay(user.createdAt)}</dd>
        <dt>{t.submissions}</dt>
        <dd>
          {submissions === undefined ? (
            <Bone width={34} className={css.bone} />
          ) : (
            <Link className={layout.lone} href={own ?? PATHS.submissions}>
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
