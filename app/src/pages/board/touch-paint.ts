import type { BoardEdit } from './board-history.ts'
import { cloudOf } from './cloud-of.ts'

const HOLD_MS = 300
/** A finger that moves so far before that scrolls. */
const STILL_PX = 8

/**
 * Drag-paint by touch: a cloud that is held for a moment is switched, and those that the finger then moves over become
 * like it. Until then a drag scrolls, as everywhere.
 *
 * @returns takes it away again
 */
export function paintByTouch(board: HTMLElement, edit: (edit: BoardEdit) => void): () => void {
  const listening = new AbortController()
  const { signal } = listening
  const options = { signal, passive: false }
  let hold = 0
  let start = { x: 0, y: 0 }
  let brush: { state: '0' | '1'; stroke: number; last: number } | undefined

  function begin(tile: Element, cloud: number, stroke: number) {
    brush = { state: tile.getAttribute('data-kind') === 'thunderhead' ? '0' : '1', stroke, last: cloud }
    navigator.vibrate?.(10)
    edit({ type: 'paint', cloud, state: brush.state, stroke })
  }
  function stop() {
    clearTimeout(hold)
    brush = undefined
  }

  board.addEventListener(
    'touchstart',
    ({ touches, target, timeStamp }) => {
      stop()
      const [touch] = touches
      const cloud = cloudOf(target)
      if (!touch || touches.length > 1 || cloud === undefined) return
      start = { x: touch.clientX, y: touch.clientY }
      hold = window.setTimeout(begin, HOLD_MS, (target as Element).closest('[data-cloud]'), cloud, timeStamp)
    },
    { signal, passive: true },
  )
  board.addEventListener(
    'touchmove',
    (event) => {
      const { clientX: x, clientY: y } = event.touches[0] as Touch
      if (!brush) {
        if (Math.hypot(x - start.x, y - start.y) > STILL_PX) stop()
        return
      }
      event.preventDefault()
      const cloud = cloudOf(document.elementFromPoint(x, y))
      if (cloud === undefined || cloud === brush.last) return
      brush.last = cloud
      edit({ type: 'paint', cloud, state: brush.state, stroke: brush.stroke })
    },
    options,
  )
  for (const end of ['touchend', 'touchcancel'] as const) {
    board.addEventListener(
      end,
      (event) => {
        // The cloud was switched already: no click for it.
        if (brush && event.cancelable) event.preventDefault()
        stop()
      },
      options,
    )
  }
  board.addEventListener('contextmenu', (event) => brush && event.preventDefault(), options)
  return () => {
    stop()
    listening.abort()
  }
}
