import { type PointerEvent, useRef } from 'react'
import type { BoardEdit } from './board-history.ts'

type Stroke = { begin: number; state: '0' | '1' | undefined }

/**
 * Drag-paint by mouse or pen: the first cloud is switched when the pointer leaves it, and those that follow become
 * like it, all as one step back. On touch a drag scrolls.
 */
export function usePaint(cloudOf: (target: EventTarget) => number | undefined, edit: (edit: BoardEdit) => void) {
  const stroke = useRef<Stroke>(undefined)
  return {
    onPointerDown({ target, button, pointerType }: PointerEvent) {
      const begin = cloudOf(target)
      const isBrush = button === 0 && pointerType !== 'touch' && begin !== undefined
      stroke.current = isBrush ? { begin, state: undefined } : undefined
    },
    onPointerOver({ target, buttons, currentTarget }: PointerEvent) {
      const cloud = cloudOf(target)
      const brush = stroke.current
      if (!brush || buttons !== 1 || cloud === undefined || (cloud === brush.begin && !brush.state)) return
      if (!brush.state) {
        const first = currentTarget.querySelector(`[data-cloud="${brush.begin}"]`)
        brush.state = first?.getAttribute('data-kind') === 'thunderhead' ? '0' : '1'
        edit({ type: 'paint', cloud: brush.begin, state: brush.state, isFirst: true })
      }
      edit({ type: 'paint', cloud, state: brush.state, isFirst: false })
    },
  }
}
