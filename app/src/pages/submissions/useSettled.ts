import { useEffect, useState } from 'react'
import type { Filters } from './filters.ts'

const PAUSE = 250

/** The filters once the typing of an address has paused; any other change counts at once. */
export function useSettled(filters: Filters): Filters {
  const [settled, setSettled] = useState(filters)
  const isTyping = filters.email !== settled.email
  useEffect(() => {
    if (!isTyping) return setSettled(filters)
    const timer = setTimeout(() => setSettled(filters), PAUSE)
    return () => clearTimeout(timer)
  }, [filters, isTyping])
  return isTyping ? settled : filters
}
