import type { Readable } from 'node:stream'

/** A line without its end, counted from 1, or why it was not read. */
export type Line = { line: number; text: string } | { line: number; error: string }

type Limits = {
  /** UTF-16 units of a line. */
  characters: number
  /** Of the whole body. */
  bytes: number
}

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
    const finished = isTooLong
      ? { line: ++line, error: 'The line is longer than any board.' }
      : { line: ++line, text: begun.replace(/\r$/, '') }
    begun = ''
    isTooLong = false
    return finished
  }

  for await (const chunk of body.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length
    if (bytes > limits.bytes) {
      yield [{ line: ++line, error: 'The batch is too large: from this line on nothing was read.' }]
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
