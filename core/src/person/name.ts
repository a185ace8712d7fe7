export const LONGEST_NAME = 50

export type NameFault = 'missing' | 'tooLong' | 'noLetter' | 'unprintable'

/**
 * The rule for first and last names: 1 to 50 characters as a person counts them (grapheme clusters),
 * at least one of them a letter of any script, nothing that cannot be seen or sent.
 *
 * @returns the name trimmed and in Unicode form NFC, or what is wrong with it
 */
export function readName(text: string): { value: string } | { fault: NameFault } {
  const value = text.normalize('NFC').trim()
  if (value === '') return { fault: 'missing' }
  if (!value.isWellFormed() || UNPRINTABLE.test(value)) return { fault: 'unprintable' }
  if (isTooLong(value)) return { fault: 'tooLong' }
  if (!/\p{L}/u.test(value)) return { fault: 'noLetter' }
  return { value }
}

/** Controls, private use, line ends, and marks that turn the direction of the text around them. */
const UNPRINTABLE = /[\p{Cc}\p{Co}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u
/** UTF-16 units a character may take; the database's own limit allows as many (users_names). */
const MOST_UNITS = 20

/** A person's character can be many UTF-16 units and is at least one: the shortest and the longest need no counting. */
function isTooLong(name: string): boolean {
  if (name.length <= LONGEST_NAME) return false
  return name.length > LONGEST_NAME * MOST_UNITS || characters(name) > LONGEST_NAME
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
const characters = (text: string) => Array.from(graphemes.segment(text)).length
