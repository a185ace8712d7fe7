import { useMemo } from 'react'
import { fill, format } from '#i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { copyText } from '#ui/clipboard.ts'
import { toast } from '#ui/feedback/toast.tsx'
import { LONGEST_SHOWN_BOARD } from '../state/board-history.ts'
import type { BoardState } from '../state/useBoard.ts'
import { t } from '../words/en.ts'
import css from './BoardControls.module.css'

type BoardControlsProps = {
  state: BoardState
  startSelfPlay: () => void
  /** Puts the board into the address at once. */
  writeAddress: () => void
}

/** What changes the board as a whole: its size, undo and redo, clear; and the link to it. */
export function BoardControls({ state, startSelfPlay, writeAddress }: BoardControlsProps) {
  const { board, past, future, edit } = state
  const words = t.edit
  const size = board.length
  const press = useMemo(() => {
    const edits = (type: 'shrink' | 'grow' | 'undo' | 'redo' | 'clear') => () => edit({ type })
    return {
      shrink: edits('shrink'),
      grow: edits('grow'),
      undo: edits('undo'),
      redo: edits('redo'),
      clear: edits('clear'),
      share: () => void shareLink(writeAddress),
    }
  }, [edit, writeAddress])
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields of a form */}
      <div className={css.board} role="group" aria-label={words.board}>
        <div className={css.size}>
          <Button square icon="minus" aria-label={words.remove} isDisabled={size === 1} onPress={press.shrink} />
          <span className={css.count}>{fill(words.clouds(size), { number: <b>{format.number(size)}</b> })}</span>
          <Button
            square
            icon="plus"
            aria-label={words.add}
            isDisabled={size >= LONGEST_SHOWN_BOARD}
            onPress={press.grow}
          />
        </div>
        <div className={css.edits}>
          <Button
            square
            variant="quiet"
            icon="undo"
            aria-label={words.undo}
            isDisabled={past.length === 0}
            onPress={press.undo}
          />
          <Button
            square
            variant="quiet"
            icon="redo"
            aria-label={words.redo}
            isDisabled={future.length === 0}
            onPress={press.redo}
          />
          <Button
            square
            variant="quiet"
            icon="clear"
            aria-label={words.clear}
            isDisabled={!board.includes('1')}
            onPress={press.clear}
          />
        </div>
      </div>
      <div className={css.send}>
        <Button onPress={startSelfPlay}>{words.selfPlay}</Button>
        <Button icon="share" onPress={press.share}>
          {words.share}
        </Button>
      </div>
    </>
  )
}

/** Copies the link to the board and says so; where the browser does not allow it, says where else the link is. */
async function shareLink(writeAddress: () => void): Promise<void> {
  writeAddress()
  if (await copyText(location.href)) toast.success({ title: t.edit.copied, detail: t.edit.copiedDetail })
  else toast.warning({ title: t.edit.notCopied, detail: t.edit.notCopiedDetail })
}
