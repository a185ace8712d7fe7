import type { Board } from '@jotc/core/board'
import { useCallback, useMemo, useState } from 'react'
import { toast } from '#ui/toast.tsx'
import { type BoardTextError, readBoard } from '../state/read-board.ts'
import { t } from '../words/en.ts'

/** Longer text is read as it is, without going through the field, which would be slow to show it. */
export const LONGEST_DRAFT = 20_000

export type Paste = {
  /** What the person wrote into the field; undefined while it shows the board. */
  draft: string | undefined
  setDraft: (draft: string) => void
  error: BoardTextError | undefined
  /** Shows the board that a text holds, or says in the field why it holds none. */
  take: (text: string) => BoardTextError | undefined
  /** The same for text pasted outside of the field, which says it in a toast too. */
  takePasted: (text: string) => void
}

export function usePaste(replaceBoard: (board: Board) => void): Paste {
  const [draft, setDraft] = useState<string>()
  const [error, setError] = useState<BoardTextError>()

  const take = useCallback(
    (text: string) => {
      const found = readBoard(text)
      const isBoard = typeof found === 'string'
      if (isBoard) replaceBoard(found)
      setDraft(isBoard || text.length > LONGEST_DRAFT ? undefined : text)
      setError(isBoard ? undefined : found)
      return isBoard ? undefined : found
    },
    [replaceBoard],
  )
  const takePasted = useCallback(
    (text: string) => {
      const wrong = take(text)
      if (wrong) toast.error({ title: t.paste.notTaken, detail: wrong.message })
    },
    [take],
  )
  return useMemo(() => {
    const change = (text: string) => {
      setDraft(text)
      setError(undefined)
    }
    return { draft, setDraft: change, error, take, takePasted }
  }, [draft, error, take, takePasted])
}
