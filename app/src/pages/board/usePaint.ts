import { type MouseEvent, type PointerEvent, type RefObject, useEffect, useRef } from 'react'
import type { BoardEdit } from './board-history.ts'
import { cloudOf } from './cloud-of.ts'
import { paintByTouch } from './touch-paint.ts'

type Stroke = { begin: number; number: number; state: '0' | '1' | undefined }

/**
 * Drag-paint: the first cloud is switched when the pointer leaves it, and those that follow become like it, all as one
 * step back. On touch a drag scrolls, unless the cloud was held before (touch-paint.ts).
 */
export function usePaint(board: RefObject<HTMLElement | null>, edit: (edit: BoardEdit) => void, isOn: boolean) {
  const stroke = useRef<Stroke>(undefined)
  useEffect(() => {
    return isOn && board.current ? paintByTouch(board.current, edit) : undefined
  }, [board, edit, isOn])
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
