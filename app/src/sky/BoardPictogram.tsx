import css from './BoardPictogram.module.css'
import { pictogramOf } from './pictogram.ts'

/** A board as a pictogram: a ring for each cumulus, a bar for each thunderhead. Decoration: words must say it too. */
export function BoardPictogram({ clouds, blockedAt }: { clouds: string; blockedAt: number | null }) {
  const { width, rings, bars, blocking, isCut } = pictogramOf(clouds, blockedAt)
  return (
    <>
      <svg
        className={css.pictogram}
        width={width}
        height="20"
        viewBox={`0 0 ${width} 20`}
        preserveAspectRatio="xMinYMid slice"
        aria-hidden="true"
      >
        <path className={css.rings} d={rings} />
        <path className={css.bars} d={bars} />
        <path className={css.blocking} d={blocking} />
      </svg>
      {isCut && <span aria-hidden="true">…</span>}
    </>
  )
}
