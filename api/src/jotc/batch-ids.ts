import { randomUUIDv7 } from 'node:crypto'

/** The last 12 hexadecimal digits of a UUID count the lines. */
const DIGITS = 12
const COUNTS = 16n ** BigInt(DIGITS)

/**
 * The ids of the boards of a batch. With a key (a UUID), that of line n is the key plus n: a batch that is sent again
 * is recorded once, and boards that come together lie together in the indexes.
 */
export function idsOf(key: string | undefined): (line: number) => string {
  if (key === undefined) return () => randomUUIDv7()
  const head = key.slice(0, -DIGITS).toLowerCase()
  const first = BigInt(`0x${key.slice(-DIGITS)}`)
  return (line) => head + ((first + BigInt(line)) % COUNTS).toString(16).padStart(DIGITS, '0')
}
