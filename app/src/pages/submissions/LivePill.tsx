import { t } from '#words/live'
import { Button } from '../../kit/Button.tsx'
import layout from '../../kit/layout.module.css'
import css from './LivePill.module.css'

/** Says how many submissions arrived, and takes them into the list; nothing where none did. */
export function LivePill({ fresh, onShow }: { fresh: number | 'many'; onShow: () => void }) {
  return (
    <>
      {fresh !== 0 && (
        <Button small icon="asc" className={css.pill} onPress={onShow}>
          {fresh === 'many' ? t.showMany : t.show(fresh)}
        </Button>
      )}
      <span role="status" className={layout.hidden}>
        {fresh === 'many' && t.announceMany}
        {fresh !== 'many' && fresh !== 0 && t.announce(fresh)}
      </span>
    </>
  )
}
