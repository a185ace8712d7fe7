import { t } from '#words/board'
import { Cloud } from '../../kit/Cloud.tsx'
import css from './Legend.module.css'

export function Legend() {
  return (
    <ul className={css.legend} aria-label={t.legend.label}>
      <li>
        <Cloud kind="cumulus" className={css.symbol} />
        <span>
          <b>0</b> {t.legend.cumulus}
        </span>
      </li>
      <li>
        <Cloud kind="thunderhead" className={css.symbol} />
        <span>
          <b>1</b> {t.legend.thunderhead}
        </span>
      </li>
    </ul>
  )
}
