import { t } from '#words/not-found'
import { ButtonLink } from '../../kit/Button.tsx'
import { Page } from '../../kit/Page.tsx'
import { PATHS } from '../../kit/paths.ts'
import { Fall } from './Fall.tsx'
import css from './NotFoundPage.module.css'

export default function NotFoundPage() {
  const sky = (
    <div className={css.sky}>
      <Fall />
      <div>
        <h1>{t.title}</h1>
        <p className={css.detail}>{t.detail}</p>
      </div>
      <div className={css.actions}>
        <ButtonLink kind="key" href={PATHS.board}>
          {t.toBoard}
        </ButtonLink>
        <ButtonLink href={PATHS.submissions}>{t.toSubmissions}</ButtonLink>
      </div>
    </div>
  )
  return <Page title={t.title} sky={sky} />
}
