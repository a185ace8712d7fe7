import { useSession } from '#api/session.ts'
import { t as shell } from '#i18n/words/en.ts'
import { Hare } from '#sky/Hare.tsx'
import { ButtonLink } from '#ui/Button.tsx'
import css from '#ui/page/DeadEnd.module.css'
import { DeadEnd } from '#ui/page/DeadEnd.tsx'
import { PATHS } from '#ui/page/paths.ts'
import { t } from '#ui/words/en.ts'

export default function NotFoundPage() {
  const isAdmin = useSession()?.user.role === 'admin'
  return (
    <DeadEnd title={t.notFound} detail={t.notFoundDetail} picture={<Fall />}>
      <ButtonLink variant="primary" href={PATHS.board}>
        {t.toBoard}
      </ButtonLink>
      <ButtonLink href={PATHS.submissions}>{isAdmin ? shell.submissions : shell.myBoards}</ButtonLink>
    </DeadEnd>
  )
}

/** The hare misses the next cloud. */
function Fall() {
  return (
    <>
      <use href="#cumulus" x="0" y="90" width="96" height="96" />
      <use href="#cumulus" x="500" y="90" width="96" height="96" />
      <path className={css.flown} d="M47 112C140 -20 300 -8 352 96" />
      <path className={css.jump} d="M352 96C364 122 372 150 378 186" />
      <g transform="rotate(58 344 68)">
        <Hare x="318" y="42" width="52" height="52" />
      </g>
    </>
  )
}
