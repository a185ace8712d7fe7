import { t } from '#i18n/words/en.ts'
import css from './LoadingBar.module.css'

/** A thin bar at the top of the window while something loads. */
export function LoadingBar({ label = t.loading }: { label?: string }) {
  return <div className={css.bar} role="progressbar" aria-label={label} />
}
