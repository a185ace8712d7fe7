import { useEffect, useState } from 'react'

const PAUSE = 250

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
    const timer = setTimeout(() => setSettled(asked), PAUSE)
    return () => clearTimeout(timer)
  }, [asked, isTyping])
  return isTyping ? settled : asked
}
