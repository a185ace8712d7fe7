import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react'

export type RovingCloud = {
  toolbar: RefObject<HTMLDivElement | null>
  /** The one cloud that Tab reaches. */
  active: number
  /** Makes a cloud the active one and moves the focus onto it. */
  focus: (cloud: number) => void
  /** Tells that a cloud was pressed or focused by other means. */
  activated: (cloud: number) => void
}

/**
 * Roving focus: the board is one stop for Tab, and keys move within. `size` is the number of clouds.
 * When the cloud that has the focus is removed, the focus goes to the last one instead of getting lost.
 */
export function useRovingCloud(size: number): RovingCloud {
  const toolbar = useRef<HTMLDivElement>(null)
  const [{ cloud, wish }, setState] = useState({ cloud: 0, wish: 0 })
  const active = Math.min(cloud, size - 1)

  const focusActive = useCallback(() => {
    toolbar.current?.querySelector<HTMLElement>('[data-cloud][tabindex="0"]')?.focus()
  }, [])
  useLayoutEffect(() => {
    if (wish > 0) focusActive()
  }, [wish, focusActive])
  // Asked before the clouds that went are taken off the page, and the focus with them.
  const hadFocus = toolbar.current?.contains(document.activeElement) ?? false
  // biome-ignore lint/correctness/useExhaustiveDependencies: focus is lost only when the size changes, so the effect runs then
  useLayoutEffect(() => {
    if (hadFocus && document.activeElement === document.body) focusActive()
  }, [size, focusActive])

  const focus = useCallback((cloud: number) => setState((last) => ({ cloud, wish: last.wish + 1 })), [])
  const activated = useCallback((cloud: number) => {
    setState((last) => (last.cloud === cloud ? last : { cloud, wish: last.wish }))
  }, [])
  return { toolbar, active, focus, activated }
}
