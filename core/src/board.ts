/**
 * A board: the row of clouds, written as a string of `0` (cumulus, safe) and `1` (thunderhead).
 * Only `parseBoard` makes one, so whoever holds a `Board` may rely on it: at least one cloud,
 * nothing but `0` and `1`, first and last cloud safe.
 */
export type Board = string & { readonly [valid]: true }
declare const valid: unique symbol

/** The longest board the service records, in clouds. The page solves longer ones itself. */
export const LONGEST_RECORDED_BOARD = 10_000

/** What is wrong with a board. `index` counts clouds from 0; `offset` counts UTF-16 units of the text. */
export type BoardFault =
  | { code: 'notABoard' }
  | { code: 'empty' }
  | { code: 'notACloud'; index: number; offset: number | null; found: string }
  | { code: 'firstNotSafe' }
  | { code: 'lastNotSafe' }
  | { code: 'tooLong'; size: number; limit: number }
  | { code: 'countDiffers'; stated: number; found: number }

/** Its message is the code of the fault: `boardFaultText` has the sentence, so that a page with words of its own carries no other. */
export class BoardError extends Error {
  override readonly name = 'BoardError'
  readonly fault: BoardFault

  constructor(fault: BoardFault) {
    super(fault.code)
    this.fault = fault
  }
}

const number = new Intl.NumberFormat('en')

/** The fault as an English sentence, for API answers. */
export function boardFaultText(fault: BoardFault): string {
  switch (fault.code) {
    case 'notABoard':
      return 'Send clouds as an array of 0 and 1, or as text.'
    case 'empty':
      return 'A board has at least one cloud.'
    case 'notACloud': {
      const position = `Position ${number.format(fault.index + 1)}`
      const codePoint = invisibleCodePoint(fault.found)
      return codePoint
        ? `${position} is an invisible character: ${named(codePoint)}. Delete it.`
        : `${position} is “${fault.found}”. Use only 0 and 1.`
    }
    case 'firstNotSafe':
      return 'The first cloud is a thunderhead. Both ends must be 0.'
    case 'lastNotSafe':
      return 'The last cloud is a thunderhead. Both ends must be 0.'
    case 'tooLong':
      return `This board has ${number.format(fault.size)} clouds. The limit is ${number.format(fault.limit)}.`
    case 'countDiffers': {
      const stated = `${number.format(fault.stated)} ${fault.stated === 1 ? 'cloud' : 'clouds'}`
      return `The first line says ${stated}, but the board has ${number.format(fault.found)}.`
    }
  }
}

/** Those that programs leave in files. */
const INVISIBLE_NAMES: Record<string, string> = {
  'U+0000': 'NUL',
  'U+200B': 'zero width space',
  'U+FEFF': 'byte order mark',
}

function named(codePoint: string): string {
  const name = INVISIBLE_NAMES[codePoint]
  return name ? `${codePoint} (${name})` : codePoint
}

/** How Unicode writes a character that nobody can see, such as U+200B; undefined for all others. */
export function invisibleCodePoint(found: string): string | undefined {
  if (!/^[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]$/u.test(found)) return undefined
  return `U+${found.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`
}

/**
 * Reads a board from an array of the numbers 0 and 1 (nothing is coerced) or from text: zeros and
 * ones with any white space or commas between them, optionally in square brackets, optionally after
 * HackerRank's first line with the number of clouds.
 *
 * A first line is that number exactly when it does not start with `0`: a row of clouds always does.
 *
 * @param limit the most clouds accepted
 * @throws {BoardError} naming the first thing that is wrong
 */
export function parseBoard(input: unknown, limit = Number.POSITIVE_INFINITY): Board {
  if (typeof input === 'string') return checked(cloudsOfText(input), limit)
  if (Array.isArray(input)) return checked(cloudsOfArray(input), limit)
  throw new BoardError({ code: 'notABoard' })
}

/** The board as HackerRank writes it: the number of clouds, a line feed, the clouds with blanks between. */
export function toHackerRank(board: Board): string {
  return `${board.length}\n${Array.from(board).join(' ')}`
}

function checked(clouds: string, limit: number): Board {
  if (clouds.length === 0) throw new BoardError({ code: 'empty' })
  if (clouds.length > limit) throw new BoardError({ code: 'tooLong', size: clouds.length, limit })
  if (clouds.startsWith('1')) throw new BoardError({ code: 'firstNotSafe' })
  if (clouds.endsWith('1')) throw new BoardError({ code: 'lastNotSafe' })
  return clouds as Board
}

function cloudsOfArray(input: readonly unknown[]): string {
  const index = input.findIndex((cloud) => cloud !== 0 && cloud !== 1)
  if (index !== -1) throw new BoardError({ code: 'notACloud', index, offset: null, found: shown(input[index]) })
  return input.join('')
}

const STATED_COUNT = /^\s*([1-9]\d*)[^\S\r\n]*[\r\n]/
const IN_BRACKETS = /^(\s*\[)([^[\]]*)\]\s*$/
const NOT_A_CLOUD = /[^01\s,]/u

function cloudsOfText(text: string): string {
  const count = STATED_COUNT.exec(text)
  const afterCount = count ? count[0].length : 0
  const bracketed = IN_BRACKETS.exec(text.slice(afterCount))
  const begin = afterCount + (bracketed?.[1]?.length ?? 0)
  const row = bracketed?.[2] ?? text.slice(afterCount)
  const clouds = row.replace(/[\s,]+/g, '')

  const stranger = NOT_A_CLOUD.exec(row)
  if (stranger) {
    const index = row.slice(0, stranger.index).replace(/[\s,]+/g, '').length
    throw new BoardError({ code: 'notACloud', index, offset: begin + stranger.index, found: stranger[0] })
  }
  const stated = count ? Number(count[1]) : clouds.length
  if (stated !== clouds.length) throw new BoardError({ code: 'countDiffers', stated, found: clouds.length })
  return clouds
}

/** What stood where a cloud should be, short enough for a sentence. */
function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? '[…]' : '{…}'
  const text = String(value)
  return text.length > 20 ? `${text.slice(0, 20)}…` : text
}
