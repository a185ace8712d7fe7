import { useEffect, useState } from 'react'

const PAUSE_MS = 250

/**
 * What was asked for, once the typing of its words has paused; any other change counts at once.
 *
 * @param asked the same object until it changes
 * @param words of `asked`, as they are typed
 */
export function useDebounced<Asked>(asked: Asked, words: (asked: Asked) => string): Asked {
  const [settled, setSettled] = useState(asked)
  const isTyping = words(asked) !== words(settled)
  useEffect(() => {
    if (!isTyping) return setSettled(asked)
    const timer = setTimeout(() => setSettled(asked), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [asked, isTyping])
  return isTyping ? settled : asked
}

/** The value once it has not changed for a while. What is shown of it by then costs the change itself nothing. */
export function useSettled<Value>(value: Value, pauseMs: number): Value {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs)
    return () => clearTimeout(timer)
  }, [value, pauseMs])
  return settled
}
