import { useEffect, useEffectEvent, useState } from 'react'

/**
 * Calls `done` after `milliseconds` in which nobody pointed at the element or had the focus in it;
 * never when `milliseconds` is undefined. Spread what it returns on the element.
 */
export function usePatience(milliseconds: number | undefined, done: () => void) {
  const [isHeld, setHeld] = useState(false)
  const finish = useEffectEvent(done)
  useEffect(() => {
    if (milliseconds === undefined || isHeld) return
    const timer = setTimeout(finish, milliseconds)
    return () => clearTimeout(timer)
  }, [milliseconds, isHeld])
  const hold = () => setHeld(true)
  const release = () => setHeld(false)
  return { onPointerEnter: hold, onPointerLeave: release, onFocus: hold, onBlur: release }
}
