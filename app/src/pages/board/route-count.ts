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
