import clsx from 'clsx'
import { type ReactNode, useEffect, useRef } from 'react'
import { usePathname } from 'wouter/use-browser-location'
import { t } from '#words/shell'
import css from './AccountMenu.module.css'
import { Button } from './Button.tsx'
import { Icon } from './Icon.tsx'
import { Link } from './Link.tsx'
import { PATHS } from './paths.ts'
import { type Session, session, useSession } from './session.ts'
import { goToSignIn, SignInLink } from './sign-in.tsx'
import { toast } from './toast.tsx'

const MENU = 'account'

/** At the end of the header: who is signed in, with the way out; or the way in. */
export function AccountMenu() {
  const current = useSession()
  if (!current) return <SignInLink className={css.wideOnly}>{t.signIn}</SignInLink>
  const { user } = current
  return (
    <>
      <Button kind="quiet" icon="user" className={css.wideOnly} popoverTarget={MENU}>
        <span className={css.name}>
          {user.firstName} {user.lastName}
        </span>
      </Button>
      <AccountPopover user={user} />
    </>
  )
}

/** The same as a place in the tab bar of phones. */
export function AccountTab({ className }: { className?: string | undefined }) {
  const current = useSession()
  const path = usePathname()
  const look = clsx(className, css.narrowOnly)
  const face = (label: string): ReactNode => (
    <>
      <Icon name="user" />
      <span>{label}</span>
    </>
  )
  if (current) {
    return (
      <button type="button" className={look} popoverTarget={MENU}>
        {face(t.account)}
      </button>
    )
  }
  const leave = (event: { preventDefault: () => void }) => {
    event.preventDefault()
    goToSignIn()
  }
  return (
    <Link
      className={look}
      href={PATHS.signIn}
      onClick={leave}
      aria-current={path === PATHS.signIn ? 'page' : undefined}
    >
      {face(t.signIn)}
    </Link>
  )
}

/** The platform's popover: Escape and a click elsewhere close it, and the focus goes back to its button. */
function AccountPopover({ user }: Pick<Session, 'user'>) {
  const popover = useRef<HTMLDivElement>(null)
  const path = usePathname()
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of page closes the menu
  useEffect(() => popover.current?.hidePopover(), [path])
  function signOut() {
    session.end()
    toast.success({ title: t.signedOut, detail: t.signedOutDetail })
  }
  return (
    <div id={MENU} ref={popover} popover="auto" className={css.menu}>
      <p className={css.email}>{user.email}</p>
      <button type="button" className={css.entry} onClick={signOut}>
        <Icon name="out" />
        {t.signOut}
      </button>
    </div>
  )
}
