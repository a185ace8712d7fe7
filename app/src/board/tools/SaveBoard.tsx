import { type Board, LONGEST_RECORDED_BOARD } from '@jotc/core/board'
import { useSyncExternalStore } from 'react'
import { PATHS } from '#frame/paths.ts'
import { Button } from '#ui/Button.tsx'
import { Link } from '#ui/Link.tsx'
import layout from '#ui/layout.module.css'
import css from './Tool.module.css'
import { useSave } from './useSave.ts'
import { t } from './words/en.ts'

const LABELS = {
  'not yet': t.save.button,
  'going on': t.save.saving,
  done: t.save.saved,
  failed: t.save.again,
} as const

/** The button that saves the board of a person who is signed in. */
export default function SaveBoard({ board }: { board: Board }) {
  const { saving, save } = useSave(board)
  const isOnline = useOnline()
  const isTooLong = board.length > LONGEST_RECORDED_BOARD
  const isReady = isOnline && !isTooLong && (saving === 'not yet' || saving === 'failed')
  return (
    <>
      <p className={css.text} id="save-note">
        {noteFor(board, isTooLong, isOnline)}
      </p>
      <div className={css.row}>
        <Button variant="primary" isDisabled={!isReady} aria-describedby="save-note" onPress={save}>
          {LABELS[saving]}
        </Button>
        {saving === 'done' && (
          <Link href={PATHS.submissions} className={layout.lone}>
            {t.save.look}
          </Link>
        )}
      </div>
    </>
  )
}

function noteFor(board: Board, isTooLong: boolean, isOnline: boolean): string {
  if (isTooLong) return t.save.tooLong(board.length, LONGEST_RECORDED_BOARD)
  return isOnline ? t.save.signedIn : t.save.offline
}

/** Whether the browser has a network. */
function useOnline(): boolean {
  return useSyncExternalStore(subscribe, () => navigator.onLine)
}

function subscribe(listener: () => void) {
  addEventListener('online', listener)
  addEventListener('offline', listener)
  return () => {
    removeEventListener('online', listener)
    removeEventListener('offline', listener)
  }
}
