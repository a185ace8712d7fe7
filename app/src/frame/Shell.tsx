import { type ReactNode, useEffect, useState } from 'react'
import { useSession } from '#api/session.ts'
import { SignInLink } from '#api/sign-in.tsx'
import { APP_NAME, LANGUAGE, t } from '#i18n/words/en.ts'
import { CloudSymbols, Logo } from '#sky/Cloud.tsx'
import { Button, ButtonLink } from '#ui/Button.tsx'
import { Toasts } from '#ui/feedback/toast.tsx'
import { Link } from '#ui/Link.tsx'
import layout from '#ui/layout.module.css'
import { Boundary, fetchAhead, part } from '#ui/page/part.tsx'
import { PATHS } from '#ui/page/paths.ts'
import { Footer } from './Footer.tsx'
import { MainNav } from './MainNav.tsx'
import css from './Shell.module.css'

/** What is around every page: skip link, header, tab bar on phones, footer, messages. */
export function Shell({ children }: { children: ReactNode }) {
  return (
    <>
      <CloudSymbols />
      {/* biome-ignore lint/a11y/useValidAnchor: a link to a place on the page, which cannot use the hash: that holds the board */}
      <a className={css.skip} href="#main" onClick={skipToMain}>
        {t.skip}
      </a>
      <header className={css.top}>
        <div className={layout.wrap}>
          <Link className={css.brand} href={PATHS.board}>
            <Logo />
            <span>{APP_NAME}</span>
          </Link>
          <MainNav />
          <div className={css.end}>
            <SettingsMenu />
            <AccountLink />
          </div>
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <Footer />
      <Toasts />
    </>
  )
}

function skipToMain(event: { preventDefault: () => void }) {
  event.preventDefault()
  document.getElementById('main')?.focus()
}

/** Who is signed in, with the way to their account; or the way in. On phones the tab bar has it. */
function AccountLink() {
  const user = useSession()?.user
  if (!user) return <SignInLink className={css.account}>{t.signIn}</SignInLink>
  return (
    <ButtonLink variant="quiet" icon="user" className={css.account} href={PATHS.account}>
      <span className={css.name}>
        {user.firstName} {user.lastName}
      </span>
    </ButtonLink>
  )
}

const loadSettings = () => import('./Settings.tsx')
const Settings = part(loadSettings)

/** The one menu of the header: theme and language. The browser opens and closes it. */
function SettingsMenu() {
  const [isWanted, setWanted] = useState(false)
  useEffect(() => fetchAhead([loadSettings]), [])
  return (
    <>
      <Button
        variant="quiet"
        icon="sun"
        aria-label={t.settings}
        popoverTarget="settings"
        onPress={() => setWanted(true)}
      >
        {LANGUAGE.toUpperCase()}
      </Button>
      <div id="settings" popover="auto" className={css.settings}>
        {isWanted && (
          <Boundary>
            <Settings />
          </Boundary>
        )}
      </div>
    </>
  )
}
