import type { Board } from '@jotc/core/board'
import { lazy, Suspense } from 'react'
import { t } from '#words/board'
import { useSession } from '../../kit/session.ts'
import { SignInLink } from '../../kit/sign-in.tsx'
import css from './Tool.module.css'
import { Tool } from './Tool.tsx'
import { writeAddress } from './useAddress.ts'

const SaveBoard = lazy(() => import('./SaveBoard.tsx'))

/** Saves the board to the person's submissions, or leads to sign-in and back to this board. */
export function KeepTool({ board }: { board: Board }) {
  const isSignedIn = useSession() !== undefined
  return (
    <Tool heading={t.keep.heading}>
      {isSignedIn ? (
        <Suspense>
          <SaveBoard board={board} />
        </Suspense>
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
