import type { Board } from '@jotc/core/board'
import { useRef, useState } from 'react'
import { api } from '#api/client.ts'
import { ApiProblem, shownProblem } from '#api/errors.ts'
import { newIdempotencyKey } from '#api/idempotency-key.ts'
import { toast } from '#ui/toast.tsx'
import { t } from './words/en.ts'

type Saving = 'not yet' | 'going on' | 'done' | 'failed'

/**
 * Saves the board as a submission of the person who is signed in. The same board is saved once, however often the
 * button is pressed; a failure leaves the board as it is and can be tried again.
 */
export function useSave(board: Board): { saving: Saving; save: () => Promise<void> } {
  const [last, setLast] = useState<{ board: Board; key: string; saving: Saving }>()
  const isGoingOn = useRef(false)
  const saving = last?.board === board ? last.saving : 'not yet'

  async function save() {
    if (isGoingOn.current || saving === 'done') return
    isGoingOn.current = true
    // Tried again, it has the key it had: the answer may have been lost on its way, and not the board.
    const key = last?.board === board ? last.key : newIdempotencyKey()
    setLast({ board, key, saving: 'going on' })
    try {
      const { size, total } = await api.post('/jotc', { clouds: board }, key)
      setLast({ board, key, saving: 'done' })
      toast.success({ title: t.save.saved, detail: t.save.savedDetail(size, total) })
    } catch (error) {
      setLast({ board, key, saving: 'failed' })
      tell(error)
    } finally {
      isGoingOn.current = false
    }
  }
  return { saving, save }
}

function tell(error: unknown) {
  const { detail, code } = shownProblem(error)
  // The session ended: the page has said so and leads to sign-in and back.
  if (error instanceof ApiProblem && error.status === 401) return
  toast.error({ title: t.save.notSaved, detail: `${detail} ${t.save.notLost}`, code })
}
