export const LONGEST_NAME = 50

export type NameFault = 'missing' | 'tooLong' | 'noLetter' | 'unprintable' | 'marks'

/**
 * The rule for first and last names: 1 to 50 characters as a person counts them (grapheme clusters), at least one of
 * them a letter of any script, nothing that cannot be seen, and no more marks on a letter than languages put there.
 *
 * @returns the name as it was typed, in Unicode form NFC, without white space at its ends and with one blank where
 *   there were several; or what is wrong with it
 */
export function readName(text: string): { value: string } | { fault: NameFault } {
  const trimmed = text.trim()
  if (trimmed === '') return { fault: 'missing' }
  // First, for the time that marks take to be put in order grows with the square of their number.
  if (trimmed.length > MOST_UNITS) return { fault: 'tooLong' }
  // Most names: the rest would find nothing in them.
  if (trimmed.length <= LONGEST_NAME && PLAIN.test(trimmed)) return { value: trimmed }
  const value = trimmed.normalize('NFC').replace(/\p{Zs}+/gu, ' ')
  const seen = value.replace(SHAPERS, '')
  if (INVISIBLE.test(seen)) return { fault: 'unprintable' }
  if (characters(value) > LONGEST_NAME) return { fault: 'tooLong' }
  if (MISPLACED_MARKS.test(seen)) return { fault: 'marks' }
  if (!/[\p{Lu}\p{Ll}\p{Lt}\p{Lo}]/u.test(value)) return { fault: 'noLetter' }
  return { value }
}

const PLAIN = /^[A-Za-z]+(?:[ '-][A-Za-z]+)*$/

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
const characters = (text: string) => Array.from(graphemes.segment(text)).length

/** UTF-16 units of a text that may become a name in its normal form. */
const MOST_UNITS = 20 * LONGEST_NAME

/**
 * Controls, formats, marks that turn the text around them, what Unicode has not assigned, and what is there only to
 * be ignored; and what looks like a blank without being one: Braille, the object placeholder, a null note, the Khitan
 * filler.
 */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\ufffc\u{16fe4}\u{1d159}]/u

/** Scripts in which a joiner between two letters changes how they look. */
const JOINED =
  '[\\p{scx=Arab}\\p{scx=Syrc}\\p{scx=Mong}\\p{scx=Deva}\\p{scx=Beng}\\p{scx=Guru}\\p{scx=Gujr}\\p{scx=Orya}' +
  '\\p{scx=Taml}\\p{scx=Telu}\\p{scx=Knda}\\p{scx=Mlym}\\p{scx=Sinh}\\p{scx=Khmr}\\p{scx=Mymr}]'
/** Invisible, but seen by what they do: joiners, and selectors of a variant of Han, of Mongolian, of an emoji. */
const SHAPERS = new RegExp(
  [
    `(?<=${JOINED})[\\u200c\\u200d](?=${JOINED})`,
    '(?<=\\p{sc=Han})[\\u{e0100}-\\u{e01ef}]',
    '(?<=\\p{sc=Mong})[\\u180b-\\u180f]',
    '(?<=\\p{ExtPict})\\ufe0f',
    '(?<=[\\p{ExtPict}\\p{EMod}\\ufe0f])\\u200d(?=\\p{ExtPict})',
  ].join('|'),
  'gu',
)

/** A mark on nothing, or more than the six that a Burmese letter can have. */
const MISPLACED_MARKS = /(?<![\p{L}\p{M}\p{N}])\p{M}|\p{M}{7}/u

/**
 * The form in which names are compared and searched: of two names a person can type with another keyboard, another
 * width or in other case the form is the same. Case (“STRASSE” is “Straße”; i, I, ı and İ are one letter, for which
 * is the other's capital depends on the language), Unicode's compatible forms, apostrophes, hyphens, blanks, and what
 * cannot be seen. `fold_name` in db/migrations/013 is the same rule in SQL.
 *
 * @returns a text that folds to itself
 */
export function foldName(text: string): string {
  return text
    .replace(IGNORABLE, '')
    .replace(/[\u00b4\u1ffd]/g, "'")
    .normalize('NFKD')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replace(/i\u0307+/g, 'i')
    .replaceAll('ς', 'σ')
    .replace(/[`\u02bb\u02bc\u2018\u2019\u201b\u2032]/g, "'")
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[ \u1680\u2800]+/g, ' ')
    .replace(/^ | $/g, '')
    .normalize('NFC')
}

const IGNORABLE = /\p{Default_Ignorable_Code_Point}/gu
