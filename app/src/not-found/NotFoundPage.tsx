import { useSession } from '#api/session.ts'
import { PATHS } from '#frame/paths.ts'
import { t as shell } from '#i18n/words/en.ts'
import { Hare } from '#sky/Hare.tsx'
import { ButtonLink } from '#ui/Button.tsx'
import { Page } from '#ui/Page.tsx'
import css from './NotFoundPage.module.css'
import { t } from './words/en.ts'

export default function NotFoundPage() {
  const isAdmin = useSession()?.user.role === 'admin'
  const sky = (
    <div className={css.sky}>
      <Fall />
      <div>
        <h1>{t.title}</h1>
        <p className={css.detail}>{t.detail}</p>
      </div>
      <div className={css.actions}>
        <ButtonLink variant="primary" href={PATHS.board}>
          {t.toBoard}
        </ButtonLink>
        <ButtonLink href={PATHS.submissions}>{isAdmin ? shell.submissions : shell.myBoards}</ButtonLink>
      </div>
    </div>
  )
  return <Page title={t.title} sky={sky} />
}

/** The hare misses the next cloud. */
function Fall() {
  return (
    <svg className={css.fall} viewBox="0 0 620 190" aria-hidden="true">
      <use href="#cumulus" x="0" y="90" width="96" height="96" />
      <use href="#cumulus" x="500" y="90" width="96" height="96" />
      <path className={css.flown} d="M47 112C140 -20 300 -8 352 96" />
      <path className={css.falling} d="M352 96C364 122 372 150 378 186" />
      <g transform="rotate(58 344 68)">
        <Hare x="318" y="42" width="52" height="52" />
      </g>
    </svg>
  )
}
