import clsx from 'clsx'
import { usePathname } from 'wouter/use-browser-location'
import { useSession } from '#api/session.ts'
import { goToSignIn } from '#api/sign-in.tsx'
import { t } from '#i18n/words/en.ts'
import { Icon, type IconName } from '#ui/Icon.tsx'
import { Link } from '#ui/Link.tsx'
import { PATHS } from '#ui/page/paths.ts'
import css from './MainNav.module.css'

type Place = { href: string; label: string; icon: IconName }

const BOARD: Place = { href: PATHS.board, label: t.board, icon: 'board' }
const IMPORT: Place = { href: PATHS.import, label: t.import, icon: 'up' }

const PLACES: readonly Place[] = [BOARD, { href: PATHS.submissions, label: t.myBoards, icon: 'list' }, IMPORT]
const ADMIN_PLACES: readonly Place[] = [
  BOARD,
  { href: PATHS.submissions, label: t.submissions, icon: 'list' },
  IMPORT,
  { href: PATHS.people, label: t.people, icon: 'people' },
]

/**
 * Links to the main pages, with one more for administrators: in the header, or on phones a tab bar with the account
 * at its end.
 */
export function MainNav() {
  const path = usePathname()
  const isAdmin = useSession()?.user.role === 'admin'
  return (
    <nav className={css.nav} aria-label={t.main}>
      {(isAdmin ? ADMIN_PLACES : PLACES).map(({ href, label, icon }) => (
        <Link key={href} href={href} className={css.place} aria-current={path === href ? 'page' : undefined}>
          <Icon name={icon} />
          <span>{label}</span>
        </Link>
      ))}
      <AccountTab path={path} />
    </nav>
  )
}

/** Only on phones; elsewhere it is in the header. */
function AccountTab({ path }: { path: string }) {
  const isSignedIn = useSession() !== undefined
  const href = isSignedIn ? PATHS.account : PATHS.signIn
  const leave = (event: { preventDefault: () => void }) => {
    if (isSignedIn) return
    event.preventDefault()
    goToSignIn()
  }
  return (
    <Link
      className={clsx(css.place, css.account)}
      href={href}
      onClick={leave}
      aria-current={path === href ? 'page' : undefined}
    >
      <Icon name="user" />
      <span>{isSignedIn ? t.account : t.signIn}</span>
    </Link>
  )
}
