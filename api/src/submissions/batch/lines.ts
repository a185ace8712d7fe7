import type { Readable } from 'node:stream'
import { type Board, BoardError, boardFaultText, LONGEST_RECORDED_BOARD, parseBoard } from '@jotc/core/board'

/** Why there is no board on a line, as a sentence and by a stable name. */
export type LineError = { line: number; error: string; code: string }

/** A line without its end, counted from 1, or why it was not read. */
export type Line = { line: number; text: string } | LineError

/** What stands on a line: a board, or why there is none. */
export type Entry = { line: number; board: Board } | LineError

type Limits = {
  /** UTF-16 units of a line. */
  characters: number
  /** Of the whole body. */
  bytes: number
}

const number = new Intl.NumberFormat('en')

/**
 * The lines of a body as they arrive, all that came at once as one list. A line ends with LF or CRLF, the last one
 * also with the body. Bytes that are no UTF-8 come as U+FFFD, which no board has.
 *
 * No longer line is kept in memory; a body that is too large ends with a line that says so. The body is left open
 * where the iteration ends before it.
 */
export async function* linesOf(body: Readable, limits: Limits): AsyncGenerator<Line[]> {
  const decoder = new TextDecoder()
  let line = 0
  let bytes = 0
  let begun = ''
  let isTooLong = false

  const begin = (piece: string) => {
    isTooLong ||= begun.length + piece.length > limits.characters
    begun = isTooLong ? '' : begun + piece
  }
  const finish = (piece: string): Line => {
    begin(piece)
    const finished = isTooLong ? tooLong(++line, limits) : { line: ++line, text: begun.replace(/\r$/, '') }
    begun = ''
    isTooLong = false
    return finished
  }

  for await (const chunk of body.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length
    if (bytes > limits.bytes) {
      yield [tooLarge(++line)]
      return
    }
    const pieces = decoder.decode(chunk, { stream: true }).split('\n')
    const rest = pieces.pop() ?? ''
    const lines = pieces.map(finish)
    begin(rest)
    if (lines.length > 0) yield lines
  }
  begin(decoder.decode())
  if (begun !== '' || isTooLong) yield [finish('')]
}

function tooLong(line: number, { characters }: Limits): LineError {
  const error = `This line is too long. The limit is ${number.format(characters)} characters.`
  return { line, error, code: 'lineTooLong' }
}

function tooLarge(line: number): LineError {
  const error = 'The batch is larger than 50 MB. Nothing from this line on was read.'
  return { line, error, code: 'batchTooLarge' }
}

/** Reads what stands on a line; undefined where it is blank. */
export type EntryReader = (line: Line) => Entry | undefined

/** A board a line, in any of the ways that `parseBoard` reads in one line. */
export const readText: EntryReader = entryReader((text) => text)

/** JSON a line: an array of 0 and 1, text, or an object with either as `clouds`; its other fields are ignored. */
export const readJson: EntryReader = entryReader((text) => {
  const value = JSON.parse(text)
  return typeof value === 'object' && value !== null && 'clouds' in value ? value.clouds : value
})

function entryReader(cloudsOf: (text: string) => unknown): EntryReader {
  return (line) => {
    if ('error' in line) return line
    if (line.text.trim() === '') return undefined
    try {
      return { line: line.line, board: parseBoard(cloudsOf(line.text), LONGEST_RECORDED_BOARD) }
    } catch (error) {
      if (error instanceof BoardError) {
        return { line: line.line, error: boardFaultText(error.fault), code: error.fault.code }
      }
      if (error instanceof SyntaxError) {
        return { line: line.line, error: 'This line is not valid JSON.', code: 'notJson' }
      }
      throw error
    }
  }
}
