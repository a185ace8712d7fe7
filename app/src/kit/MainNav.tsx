import { usePathname } from 'wouter/use-browser-location'
import { t } from '#words/shell'
import { AccountTab } from './AccountMenu.tsx'
import { Icon, type IconName } from './Icon.tsx'
import { Link } from './Link.tsx'
import css from './MainNav.module.css'
import { PATHS } from './paths.ts'

const PLACES: readonly { href: string; label: string; icon: IconName }[] = [
  { href: PATHS.board, label: t.board, icon: 'board' },
  { href: PATHS.submissions, label: t.submissions, icon: 'list' },
]

/** The main places: words in the header; on phones a tab bar with the account at its end. */
export function MainNav() {
  const path = usePathname()
  return (
    <nav className={css.nav} aria-label={t.main}>
      {PLACES.map(({ href, label, icon }) => (
        <Link key={href} href={href} className={css.place} aria-current={path === href ? 'page' : undefined}>
          <Icon name={icon} />
          <span>{label}</span>
        </Link>
      ))}
      <AccountTab className={css.place} />
    </nav>
  )
}
