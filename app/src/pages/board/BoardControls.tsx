import type { Board } from '@jotc/core/board'
import { t } from '#words/board'
import { Button } from '../../kit/Button.tsx'
import { toast } from '../../kit/toast.tsx'
import { hashOf } from './address.ts'
import css from './BoardControls.module.css'
import { LONGEST_SHOWN_BOARD } from './board-history.ts'
import { writeAddress } from './useAddress.ts'
import type { BoardState } from './useBoard.ts'

type BoardControlsProps = { state: BoardState; playOwn: () => void }

/** What changes the board as a whole: its size, undo and redo, clear; and the link to it. */
export function BoardControls({ state: { board, past, future, edit }, playOwn }: BoardControlsProps) {
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
        <span className={css.size}>
          <b>{words.count(size)}</b> {words.clouds(size)}
        </span>
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
          kind="quiet"
          icon="undo"
          aria-label={words.undo}
          isDisabled={past.length === 0}
          onPress={() => edit({ type: 'undo' })}
        />
        <Button
          square
          kind="quiet"
          icon="redo"
          aria-label={words.redo}
          isDisabled={future.length === 0}
          onPress={() => edit({ type: 'redo' })}
        />
        <Button kind="quiet" icon="clear" isDisabled={!board.includes('1')} onPress={() => edit({ type: 'clear' })}>
          {words.clear}
        </Button>
        <Button kind="quiet" onPress={playOwn}>
          {words.own}
        </Button>
        <Button icon="share" onPress={() => shareLink(board)}>
          {words.share}
        </Button>
      </div>
    </div>
  )
}

/** Copies the link to a board and says so; where the browser does not allow it, says where else the link is. */
async function shareLink(board: Board): Promise<void> {
  writeAddress(board)
  const link = new URL(hashOf(board), location.href).href
  try {
    await navigator.clipboard.writeText(link)
    toast.success({ title: t.edit.copied, detail: t.edit.copiedDetail })
  } catch {
    // No clipboard on pages without HTTPS, or the person said no: both are theirs to know, not to fix here.
    toast.warning({ title: t.edit.notCopied, detail: t.edit.notCopiedDetail })
  }
}
