/*
 * HackerRank writes a board as two lines: how many clouds there are, then the clouds. Where a text has many boards,
 * these rules say which of its lines belong together; `parseBoard` reads such a pair as it reads a single line.
 */

const STATED_COUNT = /^\s*[1-9]\d*\s*$/

/** Whether a line may be the first of two: how many clouds stand on the next. */
export function isStatedCount(line: string): boolean {
  return STATED_COUNT.test(line)
}

/**
 * Whether the line after a stated count belongs to it. A number such as 101 may also be a board that is wrong: then
 * the next line is one of its own, unless it fits.
 */
export function isRowOf(count: string, line: string): boolean {
  return /[2-9]/.test(count) || line.replace(/[^01]/g, '').length === Number(count)
}
