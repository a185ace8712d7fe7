import { t } from '#words/import'
import { format } from '../../kit/format.ts'
import { Hare } from '../../kit/Hare.tsx'
import css from './HareBar.module.css'
import type { Progress } from './progress.ts'

/** How far the file is read; the hare rides at the end of the bar. */
export function HareBar({ read, total, phase }: Pick<Progress, 'read' | 'total' | 'phase'>) {
  const share = phase === 'done' ? 1 : total ? Math.min(1, read / total) : 0
  const at = `${share * 100}%`
  return (
    <div
      dir="ltr"
      className={css.bar}
      role="progressbar"
      aria-label={t.progress}
      aria-valuenow={read}
      aria-valuemin={0}
      aria-valuemax={Math.max(read, total ?? 0)}
      aria-valuetext={total === undefined ? format.number(read) : `${format.number(read)} ${t.of(total)}`}
    >
      <span style={{ width: at }} />
      <Hare className={css.hare} style={{ left: `clamp(16px, ${at}, 100% - 16px)` }} />
    </div>
  )
}
