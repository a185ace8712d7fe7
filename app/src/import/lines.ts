/**
 * The lines of a stream of UTF-8 (or of UTF-16 with its mark), without their ends: all that came at once as one list,
 * for a step a line would keep the page from answering. A line that is longer than `longest` characters is cut
 * there: no file fills the memory with one line.
 */
export async function* linesOf(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  longest = Number.POSITIVE_INFINITY,
): AsyncGenerator<string[]> {
  const reader = stream.getReader()
  let decoder: TextDecoder | undefined
  let rest = ''
  const whole = (line: string) => (line.endsWith('\r') ? line.slice(0, -1) : line).slice(0, longest)
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (value !== undefined) decoder ??= new TextDecoder(encodingOf(value))
      const lines = (rest + (decoder?.decode(value, { stream: !done }) ?? '')).split('\n')
      // A character more than the longest, so that it stays too long.
      rest = (lines.pop() as string).slice(0, longest + 1)
      if (lines.length > 0) yield lines.map(whole)
      if (done) break
    }
    if (rest !== '') yield [whole(rest)]
  } finally {
    await reader.cancel()
  }
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
}
