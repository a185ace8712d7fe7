/** Lengths are in UTF-16 units. */
const LONGEST_KEY = 256
const LONGEST_TEXT = 65_536
const LONGEST_LIFE = 31 * 24 * 60 * 60

/** @throws {RangeError} unless the key (or channel) has 1 to 256 units */
export function checkKey(key: string): void {
  if (key.length < 1 || key.length > LONGEST_KEY) throw new RangeError(`A key has 1 to ${LONGEST_KEY} characters.`)
}

/** @throws {RangeError} where a value or message is longer than 65,536 units */
export function checkText(text: string): void {
  if (text.length > LONGEST_TEXT) throw new RangeError(`A value has at most ${LONGEST_TEXT} characters.`)
}

/**
 * The lifetime in whole milliseconds.
 *
 * @throws {RangeError} unless it is more than 0 and at most 31 days
 */
export function milliseconds(seconds: number): number {
  if (!(seconds > 0 && seconds <= LONGEST_LIFE)) throw new RangeError(`A lifetime is at most ${LONGEST_LIFE} seconds.`)
  return Math.ceil(seconds * 1000)
}
