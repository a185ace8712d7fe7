import type { Board } from '@jotc/core/board'
import { countOptimalRoutes } from '@jotc/core/solver'
import { useEffect, useMemo, useState } from 'react'

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

const LONGEST_EXACT = 15

/** A count as a person reads it: exact up to 15 digits, then rounded to two digits and a power of ten. */
export type ReadableCount = { exact: bigint } | { mantissa: number; exponent: number }

export function readableCount(count: bigint): ReadableCount {
  const digits = count.toString()
  if (digits.length <= LONGEST_EXACT) return { exact: count }
  const leading = Math.round(Number(digits.slice(0, 3)) / 10)
  const carried = leading === 100
  return { mantissa: carried ? 1 : leading / 10, exponent: digits.length - (carried ? 0 : 1) }
}
