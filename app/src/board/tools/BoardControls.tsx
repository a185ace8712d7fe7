import type { Board } from '@jotc/core/board'
import { fill } from '#i18n/fill.ts'
import { format } from '#i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { copyText } from '#ui/clipboard.ts'
import { toast } from '#ui/toast.tsx'
import { hashOf } from '../state/address.ts'
import { LONGEST_SHOWN_BOARD } from '../state/board-history.ts'
import { writeAddress } from '../state/useAddress.ts'
import type { BoardState } from '../state/useBoard.ts'
import { t } from '../words/en.ts'
import css from './BoardControls.module.css'

type BoardControlsProps = { state: BoardState; startSelfPlay: () => void }

/** What changes the board as a whole: its size, undo and redo, clear; and the link to it. */
export function BoardControls({ state: { board, past, future, edit }, startSelfPlay }: BoardControlsProps) {
  const words = t.edit
  const size = board.length
  return (
    <div className={css.controls}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields of a form */}
      <div className={css.group} role="group" aria-label={words.size}>
        <Button
          square
          icon="minus"
          aria-label={words.remove}
          isDisabled={size === 1}
          onPress={() => edit({ type: 'shrink' })}
        />
        <span className={css.size}>{fill(words.clouds(size), { number: <b>{format.number(size)}</b> })}</span>
        <Button
          square
          icon="plus"
          aria-label={words.add}
          isDisabled={size >= LONGEST_SHOWN_BOARD}
          onPress={() => edit({ type: 'grow' })}
        />
      </div>
      <div className={css.group}>
        <Button
          square
          variant="quiet"
          icon="undo"
          aria-label={words.undo}
          isDisabled={past.length === 0}
          onPress={() => edit({ type: 'undo' })}
        />
        <Button
          square
          variant="quiet"
          icon="redo"
          aria-label={words.redo}
          isDisabled={future.length === 0}
          onPress={() => edit({ type: 'redo' })}
        />
        <Button variant="quiet" icon="clear" isDisabled={!board.includes('1')} onPress={() => edit({ type: 'clear' })}>
          {words.clear}
        </Button>
        <Button variant="quiet" onPress={startSelfPlay}>
          {words.selfPlay}
        </Button>
        <Button icon="share" onPress={() => void shareLink(board)}>
          {words.share}
        </Button>
      </div>
    </div>
  )
}

/** Copies the link to a board and says so; where the browser does not allow it, says where else the link is. */
async function shareLink(board: Board): Promise<void> {
  writeAddress(board)
  if (await copyText(new URL(hashOf(board), location.href).href))
    toast.success({ title: t.edit.copied, detail: t.edit.copiedDetail })
  else toast.warning({ title: t.edit.notCopied, detail: t.edit.notCopiedDetail })
}
