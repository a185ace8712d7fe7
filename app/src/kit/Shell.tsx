import type { ReactNode } from 'react'
import { APP_NAME, t } from '#words/shell'
import { AccountLink } from './AccountLinks.tsx'
import { CloudSymbols, Mark } from './Cloud.tsx'
import { LanguageChoice } from './LanguageChoice.tsx'
import { Link } from './Link.tsx'
import layout from './layout.module.css'
import { MainNav } from './MainNav.tsx'
import { ModeTag } from './ModeTag.tsx'
import { PATHS } from './paths.ts'
import css from './Shell.module.css'
import { ThemeChoice } from './ThemeChoice.tsx'
import { Toasts } from './toast.tsx'

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
            <Mark />
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
      <footer className={layout.wrap}>
        <div className={css.foot}>
          <span>{t.foot}</span>
          <ModeTag />
          <LanguageChoice />
        </div>
      </footer>
      <Toasts />
    </>
  )
}

function skipToMain(event: { preventDefault: () => void }) {
  event.preventDefault()
  document.getElementById('main')?.focus()
}
