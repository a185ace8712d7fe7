import { BoardError } from '@jotc/core/board'
import { useCallback, useEffect, useRef } from 'react'
import { toast } from '#ui/feedback/toast.tsx'
import { withPart } from '#ui/page/part.tsx'
import { PATHS } from '#ui/page/paths.ts'
import { t } from '../words/en.ts'
import { hashOf, readHash } from './read-hash.ts'
import { type BoardState, SAMPLE } from './useBoard.ts'

/** Safari refuses more than 100 changes of the address in 30 seconds, and no edit should wait for one. */
const PAUSE_MS = 350

/** The hash that this page wrote or read last: another one in the address is the person's, and is read before writing. */
let known = ''

/**
 * Keeps the board in the address without filling the history, and shows the board of an address that
 * the person changes. Where a link holds no board, a toast says so and the board stays.
 *
 * @returns puts the board into the address at once
 */
export function useAddress({ board, mode, latest, edit, setMode }: BoardState): () => void {
  const timer = useRef(0)

  useEffect(() => {
    const read = () => {
      known = location.hash
      const found = readHash(location.hash)
      if (found instanceof BoardError) tell(found)
      else if (found !== undefined) {
        setMode(found.mode)
        if (found.board !== latest.current.board) edit({ type: 'replace', board: found.board })
      }
    }
    read()
    addEventListener('hashchange', read)
    return () => {
      removeEventListener('hashchange', read)
      clearTimeout(timer.current)
    }
  }, [latest, edit, setMode])

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new board changes the address; the rest is read when it does
  useEffect(() => {
    timer.current ||= window.setTimeout(() => {
      timer.current = 0
      if (location.hash !== '' && location.hash !== known) return
      // The sample needs no link; a link that was refused stays readable until the board is edited.
      const { board, mode } = latest.current
      const isUnread = location.hash === '' || readHash(location.hash) instanceof BoardError
      if (board !== SAMPLE || mode !== 'draw' || !isUnread) writeAddress(latest.current)
    }, PAUSE_MS)
  }, [board, mode, latest])

  return useCallback(() => writeAddress(latest.current), [latest])
}

function tell({ fault }: BoardError): void {
  const load = () => import('#i18n/faults/words/en.ts')
  withPart(load, ({ boardFaultText }) => toast.error({ title: t.edit.badLink, detail: boardFaultText(fault) }))
}

/** In place of the board before. Not into the address of another page: it may be loading while this one is shown. */
function writeAddress({ board, mode }: Pick<BoardState, 'board' | 'mode'>): void {
  if (location.pathname !== PATHS.board) return
  const hash = hashOf(board, mode)
  if (hash !== location.hash) history.replaceState(history.state, '', hash)
  known = hash
}
