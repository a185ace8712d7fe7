import type { SolvedSubmission, SolveRequest } from '@jotc/core/api/jotc'
import { type Board, LONGEST_RECORDED_BOARD } from '@jotc/core/board'
import { api, isSessionOver, shownProblem } from '#api/client.ts'
import { newIdempotencyKey } from '#api/idempotency-key.ts'
import { useSession } from '#api/session.ts'
import { Button } from '#ui/Button.tsx'
import { useOnline } from '#ui/browser/useOnline.ts'
import { toast } from '#ui/feedback/toast.tsx'
import { Link } from '#ui/Link.tsx'
import layout from '#ui/layout.module.css'
import { PATHS } from '#ui/page/paths.ts'
import { createStore, useStore } from '#ui/store.ts'
import { usePlayed } from '../play/useGame.ts'
import css from './Tool.module.css'
import { t } from './words/en.ts'

const LABELS = {
  'not yet': t.save.button,
  'going on': t.save.saving,
  done: t.save.saved,
  failed: t.save.again,
} as const

/** The button that saves the board of a person who is signed in. */
export default function SaveBoard({ board, isQuiet }: { board: Board; isQuiet?: boolean | undefined }) {
  const played = usePlayed(board)
  const { saving, save } = useSave(board, played)
  const isOnline = useOnline()
  const isTooLong = board.length > LONGEST_RECORDED_BOARD
  const isReady = isOnline && !isTooLong && (saving === 'not yet' || saving === 'failed')
  return (
    <>
      <p className={css.text} id="save-note">
        {noteFor(board, played, isOnline)}
      </p>
      <div className={css.row}>
        <Button
          {...(!isQuiet && { variant: 'primary' })}
          isDisabled={!isReady}
          aria-describedby="save-note"
          onPress={() => void save()}
        >
          {LABELS[saving]}
        </Button>
        {saving === 'done' && (
          <Link href={PATHS.submissions} className={layout.lone}>
            {t.save.look}
          </Link>
        )}
      </div>
    </>
  )
}

function noteFor(board: Board, played: Played, isOnline: boolean): string {
  if (board.length > LONGEST_RECORDED_BOARD) return t.save.tooLong(board.length, LONGEST_RECORDED_BOARD)
  if (!isOnline) return t.save.offline
  return played ? t.save.withPlayed(played.length - 1) : t.save.signedIn
}

type Saving = 'not yet' | 'going on' | 'done' | 'failed'

/** The clouds that the person stood on, where they got across the board. */
type Played = readonly number[] | undefined

/** The saves of this visit, by account, board and way played: a board that is shown again is not saved again. */
const saves = createStore<ReadonlyMap<string, { key: string; saving: Saving }>>(new Map())

/**
 * Saves the board as a submission of the person who is signed in. The same board is saved once, however often the
 * button is pressed; a failure leaves the board as it is and can be tried again.
 */
function useSave(board: Board, played: Played): { saving: Saving; save: () => Promise<void> } {
  const id = `${useSession()?.user.id} ${board} ${played ?? ''}`
  const saving = useStore(saves).get(id)?.saving ?? 'not yet'

  async function save() {
    const last = saves.get().get(id)
    if (last && last.saving !== 'failed') return
    // Tried again, it has the key it had: the answer may have been lost on its way, and not the board.
    const key = last?.key ?? newIdempotencyKey()
    const show = (saving: Saving) => saves.set(new Map(saves.get()).set(id, { key, saving }))
    show('going on')
    try {
      const sent: SolveRequest = { clouds: board, ...(played && { played: [...played] }) }
      const { size, total } = await api.post<SolvedSubmission>('/jotc', sent, key)
      show('done')
      toast.success({ title: t.save.saved, detail: t.save.savedDetail(size, total) })
    } catch (error) {
      show('failed')
      tell(error)
    }
  }
  return { saving, save }
}

function tell(error: unknown) {
  if (isSessionOver(error)) return
  const { detail, code } = shownProblem(error)
  toast.error({ title: t.save.notSaved, detail: t.save.notSavedDetail(detail), code })
}
