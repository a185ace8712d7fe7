import clsx from 'clsx'
import { useEffect } from 'react'
import { t as everywhere } from '#i18n/words/en.ts'
import { CUMULUS } from '#sky/Cloud.tsx'
import { Hare } from '#sky/Hare.tsx'
import cloud from '#sky/sky.module.css'
import { Button, ButtonLink } from '#ui/Button.tsx'
import css from '#ui/page/DeadEnd.module.css'
import { DeadEnd } from '#ui/page/DeadEnd.tsx'
import { focusQuietly } from '#ui/page/Page.tsx'
import { useReload } from '#ui/page/part.tsx'
import { PATHS } from '#ui/page/paths.ts'
import { t } from '#ui/words/en.ts'

const LOOKS_EVERY_MS = 3000

/** In place of a page that could not be shown. */
export default function ErrorPage() {
  const { away, reload } = useReload()
  useEffect(() => focusQuietly(document.querySelector('h1')), [])
  useEffect(() => {
    addEventListener('online', reload)
    // The network may be back before the server is, or just before this page listens.
    const timer = away === undefined ? undefined : setInterval(() => navigator.onLine && reload(), LOOKS_EVERY_MS)
    return () => {
      removeEventListener('online', reload)
      clearInterval(timer)
    }
  }, [away, reload])
  const isBoard = location.pathname === PATHS.board
  const detail = [away, !isBoard && t.boardWorks].filter(Boolean).join(' ')
  return (
    <DeadEnd title={t.notLoaded} detail={detail} picture={<Waiting />}>
      <Button variant="primary" icon="again" onPress={reload}>
        {everywhere.tryAgain}
      </Button>
      {!isBoard && <ButtonLink href={PATHS.board}>{t.toBoard}</ButtonLink>}
    </DeadEnd>
  )
}

/** The next cloud is not there yet; the hare is safe where it sits. */
function Waiting() {
  return (
    <>
      <g className={clsx(cloud.onRoute, cloud.landed)}>
        <use href="#cumulus" x="0" y="90" width="96" height="96" />
      </g>
      <path className={css.jump} d="M64 104C160 -8 400 -8 546 108" />
      <path className={css.gone} d={CUMULUS} transform="translate(500 90) scale(2)" />
      <Hare x="22" y="62" width="52" height="52" />
    </>
  )
}
