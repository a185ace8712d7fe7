import type { Board } from '@jotc/core/board'
import { type ClipboardEvent, memo, useCallback, useMemo, useRef, useState } from 'react'
import { Button } from '#ui/Button.tsx'
import { toast } from '#ui/feedback/toast.tsx'
import { TextArea } from '#ui/form/Field.tsx'
import { withPart } from '#ui/page/part.tsx'
import type { BoardTextError } from '../state/read-text.ts'
import { t } from '../words/en.ts'
import { Tool } from './Tool.tsx'

// What reads any written form says what is wrong with it, and that is seldom asked for.
export const loadReader = () => import('../state/read-text.ts')

type PasteToolProps = {
  /** Once its edits have paused: the board itself does not wait for its text. */
  board: Board
  paste: Paste
}

/** The board as text, to read, to change and to paste over. */
export const PasteTool = memo(function PasteTool({ board, paste }: PasteToolProps) {
  const area = useRef<HTMLTextAreaElement>(null)
  const { draft, error } = paste
  const text = draft ?? asText(board)

  function use() {
    // Untouched, it shows the board that is there.
    if (draft === undefined) return
    paste.take(draft, ({ offset, length }) => {
      area.current?.focus()
      if (offset !== undefined) area.current?.setSelectionRange(offset, offset + length)
    })
  }
  function pasteInto(event: ClipboardEvent<HTMLTextAreaElement>) {
    const pasted = event.clipboardData.getData('text/plain')
    const { selectionStart, selectionEnd } = event.currentTarget
    const isOverBoard = draft === undefined && selectionStart === selectionEnd
    if (pasted === '' || (!isOverBoard && pasted.length <= LONGEST_DRAFT)) return
    event.preventDefault()
    if (pasted.length > LONGEST_DRAFT) paste.takePasted(pasted)
    else paste.setDraft(pasted)
  }
  return (
    <Tool heading={t.paste.heading}>
      <TextArea
        ref={area}
        dir="ltr"
        label={t.paste.label}
        hint={t.paste.hint}
        error={error?.message}
        value={text}
        placeholder={draft === undefined && text === '' ? t.paste.longBoard(board.length) : undefined}
        onChange={paste.setDraft}
        onPaste={pasteInto}
        rows={3}
        spellCheck="false"
        autoComplete="off"
      />
      <div>
        <Button onPress={use}>{t.paste.use}</Button>
      </div>
    </Tool>
  )
})

const SPACED_UP_TO = 60
/** A longer text would cost more time at each edit than the board itself. */
const SHOWN_UP_TO = 2000

function asText(board: Board): string {
  if (board.length > SHOWN_UP_TO) return ''
  return board.length > SPACED_UP_TO ? board : Array.from(board).join(' ')
}

/** Longer text is read as it is, without going through the field, which would be slow to show it. */
const LONGEST_DRAFT = 20_000

export type Paste = {
  /** What the person wrote into the field; undefined while it shows the board. */
  draft: string | undefined
  setDraft: (draft: string) => void
  error: BoardTextError | undefined
  /** Shows the board that a text holds, or says in the field why it holds none, and then calls `refused`. */
  take: (text: string, refused: (error: BoardTextError) => void) => void
  /** The same for text pasted outside of the field, which says it in a toast too. */
  takePasted: (text: string) => void
}

export function usePaste(replaceBoard: (board: Board) => void): Paste {
  const [draft, setDraft] = useState<string>()
  const [error, setError] = useState<BoardTextError>()

  const take = useCallback(
    (text: string, refused: (error: BoardTextError) => void) =>
      withPart(loadReader, ({ readText }) => {
        const found = readText(text)
        const isBoard = typeof found === 'string'
        if (isBoard) replaceBoard(found)
        setDraft(isBoard || text.length > LONGEST_DRAFT ? undefined : text)
        setError(isBoard ? undefined : found)
        if (!isBoard) refused(found)
      }),
    [replaceBoard],
  )
  const takePasted = useCallback(
    (text: string) => take(text, ({ message }) => toast.error({ title: t.paste.notTaken, detail: message })),
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
