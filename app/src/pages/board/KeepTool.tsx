import { type Board, LONGEST_RECORDED_BOARD } from '@jotc/core/board'
import { t } from '#words/board'
import { Button } from '../../kit/Button.tsx'
import { Link } from '../../kit/Link.tsx'
import layout from '../../kit/layout.module.css'
import { PATHS } from '../../kit/paths.ts'
import { useSession } from '../../kit/session.ts'
import { SignInLink } from '../../kit/sign-in.tsx'
import css from './KeepTool.module.css'
import { Tool } from './Tool.tsx'
import { writeAddress } from './useAddress.ts'
import { useOnline } from './useOnline.ts'
import { useSave } from './useSave.ts'

/** Saves the board to the person's submissions, or leads to sign-in and back to this board. */
export function KeepTool({ board }: { board: Board }) {
  const isSignedIn = useSession() !== undefined
  return (
    <Tool heading={t.keep.heading}>
      {isSignedIn ? (
        <Save board={board} />
      ) : (
        <>
          <p className={css.text}>{t.keep.signedOut}</p>
          {/* The address is written in pauses; the way back needs the board of this moment. */}
          <div onClickCapture={() => writeAddress(board)}>
            <SignInLink kind="key">{t.keep.signIn}</SignInLink>
          </div>
        </>
      )}
    </Tool>
  )
}

const LABELS = { 'not yet': t.keep.save, 'going on': t.keep.saving, done: t.keep.saved, failed: t.keep.again } as const

function Save({ board }: { board: Board }) {
  const { saving, save } = useSave(board)
  const isOnline = useOnline()
  const isTooLong = board.length > LONGEST_RECORDED_BOARD
  const isReady = isOnline && !isTooLong && (saving === 'not yet' || saving === 'failed')
  return (
    <>
      <p className={css.text} id="keep-note">
        {noteOn(board, isTooLong, isOnline)}
      </p>
      <div className={css.row}>
        <Button kind="key" isDisabled={!isReady} aria-describedby="keep-note" onPress={save}>
          {LABELS[saving]}
        </Button>
        {saving === 'done' && (
          <Link href={PATHS.submissions} className={layout.lone}>
            {t.keep.look}
          </Link>
        )}
      </div>
    </>
  )
}

function noteOn(board: Board, isTooLong: boolean, isOnline: boolean): string {
  if (isTooLong) return t.keep.tooLong(board.length, LONGEST_RECORDED_BOARD)
  return isOnline ? t.keep.signedIn : t.keep.offline
}
