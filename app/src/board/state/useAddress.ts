import { type Board, BoardError } from '@jotc/core/board'
import { useEffect, useRef } from 'react'
import { PATHS } from '#frame/paths.ts'
import { boardFaultText } from '#i18n/faults/words/en.ts'
import { toast } from '#ui/toast.tsx'
import { t } from '../words/en.ts'
import { boardOfHash, hashOf } from './address.ts'
import { SAMPLE } from './useBoard.ts'

/** Safari refuses more than 100 changes of the address in 30 seconds. */
const PAUSE_MS = 350
/** Packing more clouds than this takes so long that every edit would be slower. */
const QUICK_TO_WRITE = 10_000

/** The hash that this page wrote or read last: another one in the address is the person's, and is read before writing. */
let known = ''

/**
 * Keeps the board in the address without filling the history, and shows the board of an address that
 * the person changes. Where a link holds no board, a toast says so and the board stays.
 */
export function useAddress(board: Board, replaceBoard: (board: Board) => void): void {
  const lastWrite = useRef(0)

  useEffect(() => {
    known = location.hash
    const found = boardOfHash(location.hash)
    if (found instanceof BoardError) tell(found)
  }, [])

  useEffect(() => {
    const soon = board.length > QUICK_TO_WRITE ? PAUSE_MS : 0
    const wait = Math.max(soon, lastWrite.current + PAUSE_MS - performance.now())
    const timer = setTimeout(() => {
      if (location.hash !== '' && location.hash !== known) return
      // The sample needs no link; a link that was refused stays readable until the board is edited.
      if (board === SAMPLE && (location.hash === '' || boardOfHash(location.hash) instanceof BoardError)) return
      writeAddress(board)
      lastWrite.current = performance.now()
    }, wait)
    return () => clearTimeout(timer)
  }, [board])

  useEffect(() => {
    const read = () => {
      known = location.hash
      const found = boardOfHash(location.hash)
      if (found instanceof BoardError) tell(found)
      else if (found !== undefined && found !== board) replaceBoard(found)
    }
    addEventListener('hashchange', read)
    return () => removeEventListener('hashchange', read)
  }, [board, replaceBoard])
}

function tell({ fault }: BoardError) {
  toast.error({ title: t.edit.badLink, detail: boardFaultText(fault) })
}

/**
 * Puts the board into the address at once, in place of the one before. Not into the address of another
 * page: that one may be loading while this one is still shown.
 */
export function writeAddress(board: Board): void {
  if (location.pathname !== PATHS.board) return
  const hash = hashOf(board)
  if (hash !== location.hash) history.replaceState(history.state, '', hash)
  known = hash
}
