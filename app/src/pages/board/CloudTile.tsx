import { memo } from 'react'
import { t } from '#words/board'
import css from './CloudTile.module.css'

type CloudTileProps = {
  /** Counted from 0. */
  cloud: number
  kind: 'cumulus' | 'thunderhead'
  /** Cannot be switched: the first and the last are always cumulus. */
  isEnd: boolean
  /** Reached by Tab. */
  isActive: boolean
}

/** One cloud of the board, as the button that switches it. The row draws it, the board listens for its press. */
export const CloudTile = memo(function CloudTile({ cloud, kind, isEnd, isActive }: CloudTileProps) {
  return (
    <button
      type="button"
      className={css.cloud}
      data-cloud={cloud}
      data-kind={kind}
      tabIndex={isActive ? 0 : -1}
      aria-label={t.cloud(cloud, kind)}
      aria-disabled={isEnd || undefined}
      aria-describedby={isEnd ? 'board-ends' : undefined}
    >
      <span>{cloud}</span>
    </button>
  )
})
