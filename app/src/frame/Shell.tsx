import { type ReactNode, useState } from 'react'
import { useSession } from '#api/session.ts'
import { SignInLink } from '#api/sign-in.tsx'
import { storage } from '#api/storage.ts'
import { APP_NAME, t } from '#i18n/words/en.ts'
import { CloudSymbols, Logo } from '#sky/Cloud.tsx'
import { ButtonLink } from '#ui/Button.tsx'
import { Toasts } from '#ui/feedback/toast.tsx'
import { RadioGroup, type RadioOption } from '#ui/form/RadioGroup.tsx'
import { Link } from '#ui/Link.tsx'
import layout from '#ui/layout.module.css'
import { Footer } from './Footer.tsx'
import { MainNav } from './MainNav.tsx'
import { PATHS } from './paths.ts'
import css from './Shell.module.css'

/** What is around every page: skip link, header, tab bar on phones, footer, messages. */
export function Shell({ children }: { children: ReactNode }) {
  return (
    <>
      <CloudSymbols />
      {/* biome-ignore lint/a11y/useValidAnchor: it leads to a place on the page, but the hash holds the board */}
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
            <ThemeChoice />
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

/** `system` follows the device. `public/theme.js` sets it before the first paint, from the same key. */
type Theme = 'light' | 'dark' | 'system'

const KEY = 'theme'
const THEMES: readonly RadioOption<Theme>[] = [
  { value: 'light', label: t.light, icon: 'sun' },
  { value: 'dark', label: t.dark, icon: 'moon' },
  { value: 'system', label: t.system, icon: 'auto' },
]

function ThemeChoice() {
  const [theme, setTheme] = useState<Theme>(() => {
    const stored = storage.get(KEY)
    return stored === 'light' || stored === 'dark' ? stored : 'system'
  })
  function choose(next: Theme) {
    setTheme(next)
    storage.set(KEY, next)
    document.documentElement.dataset.theme = next
  }
  return <RadioGroup label={t.theme} options={THEMES} value={theme} onChange={choose} />
}
