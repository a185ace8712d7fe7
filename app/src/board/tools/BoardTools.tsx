import type { Board } from '@jotc/core/board'
import type { Solution } from '@jotc/core/solver'
import clsx from 'clsx'
import { memo, useState } from 'react'
import { useSession } from '#api/session.ts'
import { SignInLink } from '#api/sign-in.tsx'
import layout from '#ui/layout.module.css'
import { Boundary, part } from '#ui/page/part.tsx'
import { t } from '../words/en.ts'
import { type Paste, PasteTool } from './PasteTool.tsx'
import { RandomTool } from './RandomTool.tsx'
import css from './Tool.module.css'
import { Tool } from './Tool.tsx'

// Seldom asked for, and so no part of the first load.
export const loadMoreTools = () => import('./MoreTools.tsx')
const MoreTools = part(loadMoreTools)
const SaveBoard = part(() => import('./SaveBoard.tsx'))

type BoardToolsProps = Omit<SaveToolProps, 'isQuiet'> & {
  /** The board once its edits have paused, for what need not follow each of them. */
  settled: Board
  solution: Solution
  paste: Paste
  replaceBoard: (board: Board) => void
}

/** On the ground: paste, make, save, and what is seldom asked for. */
export function BoardTools({ board, settled, solution, paste, replaceBoard, writeAddress }: BoardToolsProps) {
  const [more, setMore] = useState(false)
  return (
    <>
      <div className={clsx(layout.wrap, css.tools)}>
        <PasteTool board={settled} paste={paste} />
        <RandomTool currentSize={board.length} replaceBoard={replaceBoard} />
        <SaveTool {...{ board, writeAddress }} />
      </div>
      <details className={clsx(layout.wrap, css.more)} onToggle={({ currentTarget }) => setMore(currentTarget.open)}>
        <summary>{t.more}</summary>
        {more && (
          <Boundary>
            <MoreTools {...{ board, solution, replaceBoard }} />
          </Boundary>
        )}
      </details>
    </>
  )
}

type SaveToolProps = {
  board: Board
  /** Puts the board into the address at once. */
  writeAddress: () => void
  /** Another button leads. */
  isQuiet?: boolean | undefined
}

/** Saves the board; signed out it leads to sign-in and back to this board. */
export function SaveTool({ board, writeAddress, isQuiet }: SaveToolProps) {
  const isSignedIn = useSession() !== undefined
  return isSignedIn ? (
    <Tool heading={t.save.heading}>
      <Boundary>
        <SaveBoard {...{ board, isQuiet }} />
      </Boundary>
    </Tool>
  ) : (
    <SignInToSave {...{ writeAddress, isQuiet }} />
  )
}

type SignInToSaveProps = Omit<SaveToolProps, 'board'>

const SignInToSave = memo(function SignInToSave({ writeAddress, isQuiet }: SignInToSaveProps) {
  return (
    <Tool heading={t.save.heading}>
      <p className={css.text}>{t.save.signedOut}</p>
      {/* The address is written in pauses; the way back needs the board of this moment. */}
      <div onClickCapture={writeAddress}>
        <SignInLink {...(!isQuiet && { variant: 'primary' })}>{t.save.signIn}</SignInLink>
      </div>
    </Tool>
  )
})
