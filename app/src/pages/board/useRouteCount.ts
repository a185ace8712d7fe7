import type { Board } from '@jotc/core/board'
import { countOptimalRoutes } from '@jotc/core/solver'
import { useEffect, useMemo, useState } from 'react'
import { type ReadableCount, readableCount } from './route-count.ts'

/** Up to here the count takes less than a frame. */
const QUICK_TO_COUNT = 20_000

/** How many routes are as fast as the one shown. Undefined while a huge board is still being counted. */
export function useRouteCount(board: Board): ReadableCount | undefined {
  const isQuick = board.length <= QUICK_TO_COUNT
  const quick = useMemo(() => (isQuick ? readableCount(countOptimalRoutes(board)) : undefined), [board, isQuick])
  const [slow, setSlow] = useState<{ board: Board; count: ReadableCount }>()

  useEffect(() => {
    if (isQuick) return
    const timer = setTimeout(() => setSlow({ board, count: readableCount(countOptimalRoutes(board)) }), 100)
    return () => clearTimeout(timer)
  }, [board, isQuick])

  return quick ?? (slow?.board === board ? slow.count : undefined)
}
