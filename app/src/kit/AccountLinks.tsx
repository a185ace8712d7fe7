import clsx from 'clsx'
import { usePathname } from 'wouter/use-browser-location'
import { t } from '#words/shell'
import css from './AccountLinks.module.css'
import { ButtonLink } from './Button.tsx'
import { Icon } from './Icon.tsx'
import { Link } from './Link.tsx'
import { PATHS } from './paths.ts'
import { useSession } from './session.ts'
import { goToSignIn, SignInLink } from './sign-in.tsx'

/** At the end of the header: who is signed in, with the way to their account; or the way in. */
export function AccountLink() {
  const user = useSession()?.user
  if (!user) return <SignInLink className={css.wideOnly}>{t.signIn}</SignInLink>
  return (
    <ButtonLink kind="quiet" icon="user" className={css.wideOnly} href={PATHS.account}>
      <span className={css.name}>
        {user.firstName} {user.lastName}
      </span>
    </ButtonLink>
  )
}

/** The same as a place in the tab bar of phones. */
export function AccountTab({ className }: { className?: string | undefined }) {
  const isSignedIn = useSession() !== undefined
  const href = isSignedIn ? PATHS.account : PATHS.signIn
  const leave = (event: { preventDefault: () => void }) => {
    if (isSignedIn) return
    event.preventDefault()
    goToSignIn()
  }
  return (
    <Link
      className={clsx(className, css.narrowOnly)}
      href={href}
      onClick={leave}
      aria-current={usePathname() === href ? 'page' : undefined}
    >
      <Icon name="user" />
      <span>{isSignedIn ? t.account : t.signIn}</span>
    </Link>
  )
}
