import type { Board } from '@jotc/core/board'
import { useSession } from '#api/session.ts'
import { SignInLink } from '#api/sign-in.tsx'
import { Boundary, part } from '#ui/page/part.tsx'
import { t } from '../words/en.ts'
import css from './Tool.module.css'
import { Tool } from './Tool.tsx'

const SaveBoard = part(() => import('./SaveBoard.tsx'))

/** Saves the board to the person's submissions, or leads to sign-in and back to this board. */
export function SaveTool({ board, writeAddress }: { board: Board; writeAddress: () => void }) {
  const isSignedIn = useSession() !== undefined
  return (
    <Tool heading={t.save.heading}>
      {isSignedIn ? (
        <Boundary>
          <SaveBoard board={board} />
        </Boundary>
      ) : (
        <>
          <p className={css.text}>{t.save.signedOut}</p>
          {/* The address is written in pauses; the way back needs the board of this moment. */}
          <div onClickCapture={writeAddress}>
            <SignInLink variant="primary">{t.save.signIn}</SignInLink>
          </div>
        </>
      )}
    </Tool>
  )
}
