import { memo } from 'react'
import { t } from '#words/board'
import { Cloud } from '../../kit/Cloud.tsx'
import css from './CloudTile.module.css'

type CloudTileProps = {
  /** Counted from 0. */
  cloud: number
  kind: 'cumulus' | 'thunderhead'
  isOnRoute: boolean
  isLanded: boolean
  isBlocking: boolean
  /** Cannot be switched: the first and the last are always cumulus. */
  isEnd: boolean
  /** Reached by Tab. */
  isActive: boolean
}

/** One cloud of the board, as the button that switches it. The board listens for its press. */
export const CloudTile = memo(function CloudTile({ cloud, kind, isEnd, isActive, ...look }: CloudTileProps) {
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
      <Cloud kind={kind} className={css.picture} {...look} />
      <span>{cloud}</span>
    </button>
  )
})
