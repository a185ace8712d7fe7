import { type Board, LONGEST_RECORDED_BOARD } from '@jotc/core/board'
import { useSyncExternalStore } from 'react'
import { t } from '#words/save-board'
import { Button } from '../../kit/Button.tsx'
import { Link } from '../../kit/Link.tsx'
import layout from '../../kit/layout.module.css'
import { PATHS } from '../../kit/paths.ts'
import css from './Tool.module.css'
import { useSave } from './useSave.ts'

const LABELS = { 'not yet': t.save, 'going on': t.saving, done: t.saved, failed: t.again } as const

/** The button that saves the board of a person who is signed in. */
export default function SaveBoard({ board }: { board: Board }) {
  const { saving, save } = useSave(board)
  const isOnline = useOnline()
  const isTooLong = board.length > LONGEST_RECORDED_BOARD
  const isReady = isOnline && !isTooLong && (saving === 'not yet' || saving === 'failed')
  return (
    <>
      <p className={css.text} id="keep-note">
        {noteFor(board, isTooLong, isOnline)}
      </p>
      <div className={css.row}>
        <Button kind="key" isDisabled={!isReady} aria-describedby="keep-note" onPress={save}>
          {LABELS[saving]}
        </Button>
        {saving === 'done' && (
          <Link href={PATHS.submissions} className={layout.lone}>
            {t.look}
          </Link>
        )}
      </div>
    </>
  )
}

function noteFor(board: Board, isTooLong: boolean, isOnline: boolean): string {
  if (isTooLong) return t.tooLong(board.length, LONGEST_RECORDED_BOARD)
  return isOnline ? t.signedIn : t.offline
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
