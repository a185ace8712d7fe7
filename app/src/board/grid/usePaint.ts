import { type MouseEvent, type PointerEvent, type RefObject, useEffect, useRef } from 'react'
import type { BoardEdit } from '../state/board-history.ts'

type Stroke = { begin: number; number: number; state: '0' | '1' | undefined }

/**
 * Drag-paint: the first cloud is switched when the pointer leaves it, and those that follow become like it, all as one
 * step back. On touch a drag scrolls, unless the cloud was held before (`paintByTouch`).
 */
export function usePaint(board: RefObject<HTMLElement | null>, edit: (edit: BoardEdit) => void, isOn: boolean) {
  const stroke = useRef<Stroke>(undefined)
  useEffect(() => {
    return isOn && board.current ? paintByTouch(board.current, edit) : undefined
  }, [board, edit, isOn])
  useEffect(() => {
    // Let go elsewhere, it is over: no click of the board follows that it would have to swallow.
    const end = ({ target }: Event) => {
      if (!board.current?.contains(target as Node)) stroke.current = undefined
    }
    addEventListener('pointerup', end)
    return () => removeEventListener('pointerup', end)
  }, [board])
  if (!isOn) return {}
  return {
    /** A stroke that ends where it began has painted that cloud: no press of it. */
    onClickCapture(event: MouseEvent) {
      if (stroke.current?.state) event.stopPropagation()
      stroke.current = undefined
    },
    onPointerDown({ target, button, pointerType, timeStamp }: PointerEvent) {
      const begin = cloudOf(target)
      const isBrush = button === 0 && pointerType !== 'touch' && begin !== undefined
      stroke.current = isBrush ? { begin, number: timeStamp, state: undefined } : undefined
    },
    onPointerOver({ target, buttons, currentTarget }: PointerEvent) {
      const cloud = cloudOf(target)
      const brush = stroke.current
      if (!brush || buttons !== 1 || cloud === undefined || (cloud === brush.begin && !brush.state)) return
      if (!brush.state) {
        const first = currentTarget.querySelector(`[data-cloud="${brush.begin}"]`)
        brush.state = first?.getAttribute('data-kind') === 'thunderhead' ? '0' : '1'
        edit({ type: 'paint', cloud: brush.begin, state: brush.state, stroke: brush.number })
      }
      edit({ type: 'paint', cloud, state: brush.state, stroke: brush.number })
    },
  }
}

/** The number of the cloud that something on the page belongs to. */
export function cloudOf(target: EventTarget | null): number | undefined {
  const tile = target instanceof Element ? target.closest<HTMLElement>('[data-cloud]') : null
  return tile ? Number(tile.dataset.cloud) : undefined
}

const HOLD_MS = 300
/** A finger that moves so far before that scrolls. */
const STILL_PX = 8

/**
 * Drag-paint by touch: a cloud that is held for a moment is switched, and those that the finger then moves over become
 * like it. Until then a drag scrolls, as everywhere.
 *
 * @returns takes it away again
 */
function paintByTouch(board: HTMLElement, edit: (edit: BoardEdit) => void): () => void {
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
