import type { User } from '@jotc/core/api/account'
import { useState } from 'react'
import { t } from '#words/account'
import { Button } from '../../kit/Button.tsx'
import css from './Account.module.css'
import { EraseDialog } from './EraseDialog.tsx'

type ErasureProps = { user: User; submissions: number | null | undefined }

/** The way to have everything removed. */
export function Erasure({ user, submissions }: ErasureProps) {
  const [isAsking, setAsking] = useState(false)
  const isKnown = typeof submissions === 'number'
  const all = isKnown ? t.all(submissions) : t.allUnknown
  const these = isKnown ? t.these(submissions) : t.theseUnknown
  return (
    <section className={css.erasure} aria-labelledby="erasure">
      <h2 id="erasure">{t.erase}</h2>
      <p>{t.eraseDetail(all)}</p>
      <Button kind="bad" icon="clear" onPress={() => setAsking(true)}>
        {t.eraseAsk}
      </Button>
      {isAsking && <EraseDialog email={user.email} submissions={these} onClose={() => setAsking(false)} />}
    </section>
  )
}
