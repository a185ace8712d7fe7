/** Hands a whole file to the person, as a download of this name. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has begun by then, and holds on to the file.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** Bytes, or characters, that are gathered before they become part of the blob. */
const MOST_LOOSE = 1024 * 1024

/**
 * A file that only grows, kept in blobs: the browser may hold them outside the page's memory, so a million lines
 * cost it little.
 */
export class GrowingFile {
  #blob = new Blob()
  #loose: (string | Uint8Array<ArrayBuffer>)[] = []
  #size = 0

  add(part: string | Uint8Array<ArrayBuffer>): void {
    this.#loose.push(part)
    this.#size += part.length
    if (this.#size > MOST_LOOSE) this.#fold()
  }

  /** All that there is by now. */
  get content(): Blob {
    this.#fold()
    return this.#blob
  }

  #fold(): void {
    this.#blob = new Blob([this.#blob, ...this.#loose])
    this.#loose = []
    this.#size = 0
  }
}

/** The lines of NDJSON, all that came at once as one list: a step a line would keep the page from answering. */
export async function* linesOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string[]> {
  let rest = ''
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    yield lines
  }
}
